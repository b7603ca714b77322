import Threading

/// A clock that stands still between its moves.
final class TestClock: Sendable {
    private let state: Locked<(now: ContinuousClock.Instant, calls: Int, jumpAt: Int?)>

    /// - Parameter jumpAt: From that call on, counted from one, it is an hour later.
    init(jumpAt: Int? = nil) {
        state = Locked((.now, 0, jumpAt))
    }

    var now: @Sendable () -> ContinuousClock.Instant {
        {
            self.state.withLock { state in
                state.calls += 1
                if state.calls == state.jumpAt { state.now += .seconds(3600) }
                return state.now
            }
        }
    }

    func advance(by duration: Duration) {
        state.withLock { $0.now += duration }
    }
}
