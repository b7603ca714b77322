internal import Threading

/// How many refusals may become rows: anybody can be refused as often as they like, at no cost to them, and must not fill the disk.
///
/// A day's honest mistakes fit in at once, and two more each second. What does not is in the log alone.
final class RefusalBudget: Sendable {
    static let capacity: Int64 = 10_000
    static let perSecond: Int64 = 2

    private struct State {
        var left = RefusalBudget.capacity
        var filledUnixSeconds = Int64.min
    }

    private let state = Locked(State())

    /// Whether one more may be written now.
    func take(at now: Int64) -> Bool {
        state.withLock { state in
            if state.left < Self.capacity, now > state.filledUnixSeconds {
                // Bounded first: the clock may have jumped.
                let seconds = min(Self.capacity, now.subtractingReportingOverflow(state.filledUnixSeconds).partialValue)
                state.left = min(Self.capacity, state.left + max(0, seconds) * Self.perSecond)
            }
            state.filledUnixSeconds = now
            guard state.left > 0 else { return false }
            state.left -= 1
            return true
        }
    }
}
