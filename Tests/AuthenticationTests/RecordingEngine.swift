import Bcrypt
import Threading

/// Hashes as the real engine does, and remembers the cost of each job; or refuses jobs, or holds them back.
final class RecordingEngine: BcryptEngine {
    private struct State {
        var costs: [Int] = []
        var refusal: (error: BcryptError, cost: Int?)?
        var heldCost: Int?
        var held: [CheckedContinuation<Void, Never>] = []
        var strayCount = 0
        var interlude: (@Sendable () async -> Void)?
    }

    private let engine = LaneEngine(LaneSettings(threads: 2))
    private let state = Locked(State())

    /// What each job cost, padding included, since the last look.
    func takeCosts() -> [Int] {
        state.withLock { state in
            defer { state.costs = [] }
            return state.costs
        }
    }

    /// How many jobs came from tasks without an executor of their own, and so from Swift's global pool.
    var strayCount: Int { state.withLock { $0.strayCount } }

    /// Refuses all jobs, or those of one cost before padding.
    func refuse(cost: Int? = nil, with error: BcryptError?) {
        state.withLock { $0.refusal = error.map { ($0, cost) } }
    }

    /// Holds back the jobs of one cost before padding.
    func hold(cost: Int) {
        state.withLock { $0.heldCost = cost }
    }

    /// Does something else in the middle of the next job, once.
    func interrupt(_ interlude: @escaping @Sendable () async -> Void) {
        state.withLock { $0.interlude = interlude }
    }

    /// Lets the jobs go on that were held back.
    func release() {
        let held = state.withLock { state in
            defer { state.held = [] }
            state.heldCost = nil
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    nonisolated(nonsending) func digest(
        of job: BcryptJob, within limit: Duration
    ) async throws(BcryptError) -> [23 of UInt8] {
        let hasExecutor = unsafe withUnsafeCurrentTask { unsafe $0?.unownedTaskExecutor != nil }
        let refusal = state.withLock { state -> BcryptError? in
            state.costs.append(job.paddedCost)
            if !hasExecutor { state.strayCount += 1 }
            guard let refusal = state.refusal else { return nil }
            return refusal.cost == nil || refusal.cost == job.cost ? refusal.error : nil
        }
        if let refusal { throw refusal }
        let interlude = state.withLock { state in
            defer { state.interlude = nil }
            return state.interlude
        }
        await interlude?()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isHeld = state.withLock { state in
                    guard state.heldCost == job.cost, !Task.isCancelled else { return false }
                    state.held.append(continuation)
                    return true
                }
                if !isHeld { continuation.resume() }
            }
        } onCancel: {
            release()
        }
        return try await engine.digest(of: job, within: limit)
    }
}
