internal import Threading

/// Which address asks for most logins, in bounded memory whoever asks.
///
/// The counts are those of Metwally, Agrawal and El Abbadi's Space-Saving: where there is no room, a new address takes the
/// place and the count of the rarest. An address that makes up a 128th of all is never missed, and no share is more than
/// that too high.
final class BusiestAddress: Sendable {
    static let capacity = 128
    /// The share is that of the last minute or two.
    static let windowNanoseconds = 60_000_000_000

    private struct Window {
        var total = 0
        var counts: [String: Int] = [:]

        mutating func count(_ address: String) {
            total += 1
            if counts[address] == nil, counts.count >= capacity,
                let rarest = counts.min(by: { $0.value < $1.value })
            {
                counts[rarest.key] = nil
                counts[address] = rarest.value
            }
            counts[address, default: 0] += 1
        }
    }

    private struct State {
        var young = Window()
        var old = Window()
        var begin = 0

        mutating func proceed(to now: Int) {
            guard now - begin >= windowNanoseconds else { return }
            old = now - begin < 2 * windowNanoseconds ? young : Window()
            young = Window()
            begin = now
        }
    }

    private let state = Locked(State())

    func count(_ address: String, at now: Int = MonotonicClock.nanoseconds) {
        state.withLock { state in
            state.proceed(to: now)
            state.young.count(address)
        }
    }

    /// The busiest address of late, how often it asked, and how often all did.
    func report(at now: Int = MonotonicClock.nanoseconds) -> LoginReport {
        state.withLock { state in
            state.proceed(to: now)
            let counts = state.young.counts.merging(state.old.counts, uniquingKeysWith: +)
            let total = state.young.total + state.old.total
            guard let busiest = counts.max(by: { $0.value < $1.value }) else { return LoginReport() }
            return LoginReport(total: total, busiestAddress: busiest.key, busiestCount: min(total, busiest.value))
        }
    }
}
