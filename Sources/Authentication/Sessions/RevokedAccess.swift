internal import Synchronization
internal import Threading

/// What ended before its tokens did, in memory: sessions by their ids, and accounts by the epoch below which their tokens are refused.
///
/// A look-up costs one load where nothing has been revoked lately, and else one short lock. Entries are kept until no token can be
/// left that they would refuse; keeping one longer refuses nothing more, so they are swept only when they have doubled.
final class RevokedAccess: Sendable {
    /// Why a token or a cookie that is good in itself is not let in.
    enum Refusal: Sendable {
        case sessionEnded
        /// The account has changed since: what is said of it no longer holds.
        case epochPassed
    }

    private struct Entries {
        var sessions: [String: Int64] = [:]
        var epochs: [String: (epoch: Int64, expiryUnixSeconds: Int64)] = [:]
        var sweepCount = RevokedAccess.minimumSweepCount

        var count: Int { sessions.count + epochs.count }
    }

    private static let minimumSweepCount = 1_024

    private let entries = Locked(Entries())
    private let count = Atomic(0)

    /// Remembers that a session has ended.
    /// - Parameter expiryUnixSeconds: from when on no token of the session can be left.
    func insert(session: String, expiryUnixSeconds: Int64, now: Int64) {
        update(now: now) { entries in
            entries.sessions[session] = max(expiryUnixSeconds, entries.sessions[session] ?? .min)
        }
    }

    /// Remembers that tokens of an account below an epoch are refused.
    func insert(account: String, epoch: Int64, expiryUnixSeconds: Int64, now: Int64) {
        update(now: now) { entries in
            let known = entries.epochs[account]
            entries.epochs[account] = (
                max(epoch, known?.epoch ?? .min), max(expiryUnixSeconds, known?.expiryUnixSeconds ?? .min)
            )
        }
    }

    /// Why access is refused; `nil` where nothing speaks against it.
    func refusal(session: String?, account: String, epoch: Int64) -> Refusal? {
        guard count.load(ordering: .acquiring) > 0 else { return nil }
        return entries.withLock { entries in
            if let session, entries.sessions[session] != nil { return .sessionEnded }
            if let known = entries.epochs[account], epoch < known.epoch { return .epochPassed }
            return nil
        }
    }

    /// How many sessions and accounts are remembered.
    var remembered: Int { count.load(ordering: .relaxed) }

    private func update(now: Int64, _ body: (inout Entries) -> Void) {
        entries.withLock { entries in
            body(&entries)
            if entries.count >= entries.sweepCount {
                entries.sessions = entries.sessions.filter { $0.value > now }
                entries.epochs = entries.epochs.filter { $0.value.expiryUnixSeconds > now }
                entries.sweepCount = max(Self.minimumSweepCount, 2 * entries.count)
            }
            count.store(entries.count, ordering: .releasing)
        }
    }
}
