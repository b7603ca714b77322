/// An engine that keeps jobs in a queue and tells their outcome later.
protocol QueueingEngine: BcryptEngine {
    /// The clock of its time limits.
    var now: ContinuousClock.Instant { get }

    var meter: HashingMeter { get }

    /// Takes a job, or finishes it at once with the reason why not.
    func submit(_ pending: PendingJob)

    /// Nobody waits for a job any more: it is taken away, or ended where it already runs.
    func giveUp(_ pending: PendingJob)
}

extension QueueingEngine {
    package nonisolated(nonsending) func digest(
        of job: BcryptJob, within limit: Duration
    ) async throws(BcryptError) -> [23 of UInt8] {
        let pending = PendingJob(job, limit: limit, now: now)
        let outcome = await withTaskCancellationHandler {
            unsafe await withUnsafeContinuation { continuation in
                pending.whenFinished { unsafe continuation.resume(returning: $0) }
                submit(pending)
            }
        } onCancel: {
            giveUp(pending)
        }
        meter.count(outcome)
        return try outcome.get()
    }
}
