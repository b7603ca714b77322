internal import Synchronization

/// A job and the task that awaits its digest.
@safe
final class PendingJob: Sendable {
    typealias Outcome = Result<[23 of UInt8], BcryptError>

    let job: BcryptJob
    let limit: Duration
    let deadline: ContinuousClock.Instant
    private let continuation: Mutex<UnsafeContinuation<Outcome, Never>?>
    private let cancelled = Atomic(false)

    init(_ job: BcryptJob, limit: Duration, now: ContinuousClock.Instant) {
        self.job = job
        self.limit = limit
        self.deadline = now.advanced(by: limit)
        unsafe continuation = Mutex(nil)
    }

    /// Whether the awaiting task has given the job up.
    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() {
        cancelled.store(true, ordering: .releasing)
    }

    func attach(_ continuation: UnsafeContinuation<Outcome, Never>) {
        unsafe self.continuation.withLock { unsafe $0 = continuation }
    }

    /// Resumes the awaiting task, the first time; to be called off any lock.
    func finish(_ outcome: Outcome) {
        let continuation = unsafe continuation.withLock { waiting in
            let taken = unsafe waiting
            unsafe waiting = nil
            return unsafe taken
        }
        unsafe continuation?.resume(returning: outcome)
    }
}
