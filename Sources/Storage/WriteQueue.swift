internal import Threading

/// The writes that wait for the one connection that writes, first come first served.
final class WriteQueue: Sendable {
    private struct State: Sendable {
        var pending: [PendingWrite] = []
        var unawaited = 0
        /// Whether a turn of the writer is already on its way.
        var isTurnComing = false
        var isClosed = false
        var counters = WriteCounters()
    }

    /// How many writes may stand here for which nobody waits.
    static let maximumUnawaited = 1_024

    private let state = Locked(State())

    var waitingCount: Int { state.withLock { $0.pending.count } }

    var counters: WriteCounters { state.withLock { $0.counters } }

    /// - Returns: whether the caller has to give the writer a turn; `nil` where the write is not taken.
    func append(_ write: PendingWrite) -> Bool? {
        state.withLock { state in
            if state.isClosed { return nil }
            if !write.isAwaited {
                guard state.unawaited < Self.maximumUnawaited else {
                    state.counters.dropped += 1
                    return nil
                }
                state.unawaited += 1
            }
            state.pending.append(write)
            defer { state.isTurnComing = true }
            return !state.isTurnComing
        }
    }

    /// Takes at most `limit` from the front.
    func take(_ limit: Int) -> [PendingWrite] {
        state.withLock { state in
            let taken: [PendingWrite]
            if state.pending.count <= limit {
                taken = state.pending
                state.pending = []
            } else {
                taken = Array(state.pending.prefix(limit))
                state.pending.removeFirst(limit)
            }
            for write in taken where !write.isAwaited { state.unawaited -= 1 }
            return taken
        }
    }

    /// Takes those whose time is over.
    func takeExpired(at now: ContinuousClock.Instant) -> [PendingWrite] {
        let count = state.withLock { $0.pending.prefix { $0.expiry <= now }.count }
        return take(count)
    }

    /// Until when the first one may wait; `nil` where there is none.
    var firstExpiry: ContinuousClock.Instant? {
        state.withLock { $0.pending.first?.expiry }
    }

    /// At the end of a turn.
    ///
    /// - Returns: whether another one is needed; no new write asks for it then.
    func endTurn() -> Bool {
        state.withLock { state in
            state.isTurnComing = !state.pending.isEmpty
            return state.isTurnComing
        }
    }

    /// Takes no more from now on.
    func close() {
        state.withLock { $0.isClosed = true }
    }

    func count(_ change: (inout WriteCounters) -> Void) {
        state.withLock { change(&$0.counters) }
    }
}
