internal import Threading

/// The attempts of this process whose verdict is not known yet.
///
/// Many clients of one account may log in at once with the right password: those beyond the limit wait here for a verdict
/// instead of being refused for failures that nobody made.
final class AttemptsInFlight: Sendable {
    private struct State {
        var next: UInt64 = 0
        var attempts: [UInt64: [ThrottleKey]] = [:]
        var counts: [ThrottleKey: Int64] = [:]
        var waiting: [ThrottleKey: [CheckedContinuation<Void, Never>]] = [:]
    }

    private let state = Locked(State())

    func count(_ key: ThrottleKey) -> Int64 { state.withLock { $0.counts[key] ?? 0 } }

    func begin(_ keys: [ThrottleKey]) -> UInt64 {
        state.withLock { state in
            state.next += 1
            state.attempts[state.next] = keys
            for key in keys { state.counts[key, default: 0] += 1 }
            return state.next
        }
    }

    /// A verdict is there. A second call does nothing.
    func end(_ number: UInt64) {
        let woken = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard let keys = state.attempts.removeValue(forKey: number) else { return [] }
            var woken: [CheckedContinuation<Void, Never>] = []
            for key in keys {
                let left = (state.counts[key] ?? 1) - 1
                state.counts[key] = left > 0 ? left : nil
                guard var waiting = state.waiting[key] else { continue }
                // One verdict makes room for one. After the last one everybody must hear theirs.
                let count = left > 0 ? 1 : waiting.count
                woken += waiting.prefix(count)
                waiting.removeFirst(count)
                state.waiting[key] = waiting.isEmpty ? nil : waiting
            }
            return woken
        }
        for continuation in woken { continuation.resume() }
    }

    /// Returns after a verdict on an attempt of this key; at once where none is in flight.
    nonisolated(nonsending) func wait(for key: ThrottleKey) async {
        await withCheckedContinuation { continuation in
            let isQueued = state.withLock { state in
                guard state.counts[key] != nil else { return false }
                state.waiting[key, default: []].append(continuation)
                return true
            }
            if !isQueued { continuation.resume() }
        }
    }
}
