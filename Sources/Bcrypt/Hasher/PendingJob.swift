internal import Synchronization
internal import Threading

/// A job and whoever is to hear what it came to.
final class PendingJob: Sendable {
    typealias Outcome = Result<[23 of UInt8], BcryptError>

    let job: BcryptJob
    let limit: Duration
    let begin: ContinuousClock.Instant
    let deadline: ContinuousClock.Instant
    private let listener = Locked<(@Sendable (Outcome) -> Void)?>(nil)
    private let cancelled = Atomic(false)

    init(_ job: BcryptJob, limit: Duration, now: ContinuousClock.Instant) {
        self.job = job
        self.limit = limit
        self.begin = now
        self.deadline = now.advanced(by: limit)
    }

    /// Whether nobody waits for the job any more.
    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() {
        cancelled.store(true, ordering: .releasing)
    }

    /// Who is told the outcome; to be named before the job is submitted.
    func whenFinished(_ listener: @escaping @Sendable (Outcome) -> Void) {
        self.listener.withLock { $0 = listener }
    }

    /// Tells the outcome, the first time; to be called off any lock.
    func finish(_ outcome: Outcome) {
        let listener = listener.withLock { $0.take() }
        listener?(outcome)
    }
}
