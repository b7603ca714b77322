import Bcrypt
import Synchronization

/// Hashes as the real engine does, and remembers the cost of each job; or refuses them all.
final class RecordingEngine: BcryptEngine {
    private let engine = LaneEngine(threads: 2)
    private let state = Mutex<(costs: [Int], refusal: BcryptError?)>(([], nil))

    /// What each job cost, padding included, since the last look.
    func takeCosts() -> [Int] {
        state.withLock { state in
            defer { state.costs = [] }
            return state.costs
        }
    }

    func refuse(with error: BcryptError?) {
        state.withLock { $0.refusal = error }
    }

    nonisolated(nonsending) func digest(
        of job: BcryptJob, within limit: Duration
    ) async throws(BcryptError) -> [23 of UInt8] {
        let refusal = state.withLock { state in
            state.costs.append(job.paddedCost)
            return state.refusal
        }
        if let refusal { throw refusal }
        return try await engine.digest(of: job, within: limit)
    }
}
