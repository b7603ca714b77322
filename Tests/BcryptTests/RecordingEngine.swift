import Bcrypt
import Threading

/// An engine that computes nothing and remembers what it was asked for.
final class RecordingEngine: BcryptEngine {
    private let recorded = Locked<[BcryptJob]>([])

    var jobs: [BcryptJob] { recorded.withLock { $0 } }

    nonisolated(nonsending) func digest(
        of job: BcryptJob, within limit: Duration
    ) async throws(BcryptError) -> [23 of UInt8] {
        recorded.withLock { $0.append(job) }
        return [23 of UInt8](repeating: 0)
    }
}
