internal import Counting
internal import Threading

/// The cookie sessions that were asked for lately, by the digest of the cookie: of the same kind as the verified tokens.
///
/// Whoever asks judges what comes out, so an entry that was put in a moment after its session ended lets nobody in.
final class CookieSessions: Sendable {
    /// Two generations: when the young one is full it becomes the old one, and what nobody has asked for since is gone.
    private struct Generations {
        var young: [[UInt8]: CookieSession] = [:]
        var old: [[UInt8]: CookieSession] = [:]
    }

    /// How often an answer needed no read.
    let lookups = CacheLookups()

    private let generationCapacity: Int
    private let generations = Locked(Generations())

    /// - Parameter capacity: the most sessions that are remembered, at least 2.
    init(capacity: Int = 8_192) {
        precondition(capacity >= 2, "a cache holds something")
        generationCapacity = capacity / 2
    }

    func find(_ digest: [UInt8]) -> CookieSession? {
        generations.withLock { generations in
            if let entry = generations.young[digest] { return entry }
            guard let entry = generations.old[digest] else { return nil }
            insert(entry, for: digest, into: &generations)
            return entry
        }
    }

    func insert(_ entry: CookieSession, for digest: [UInt8]) {
        generations.withLock { insert(entry, for: digest, into: &$0) }
    }

    func remove(_ digest: [UInt8]) {
        generations.withLock { generations in
            generations.young[digest] = nil
            generations.old[digest] = nil
        }
    }

    private func insert(_ entry: CookieSession, for digest: [UInt8], into generations: inout Generations) {
        if generations.young.count >= generationCapacity {
            generations.old = generations.young
            generations.young = [:]
        }
        generations.young[digest] = entry
    }
}
