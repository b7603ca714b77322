/// Computes digests on threads of this process.
package final class LaneEngine: BcryptEngine {
    private let queue: Monitor<JobQueue>
    private let now: @Sendable () -> ContinuousClock.Instant

    /// How many lanes a thread runs at most.
    package static let standardLanes = 5

    /// - Parameters:
    ///   - threads: How many to start; none with `isStarted` false, until ``start()``.
    ///   - now: The clock for time limits.
    package init(
        threads: Int, lanes: Int = standardLanes, isStarted: Bool = true,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        precondition(threads > 0)
        queue = Monitor(JobQueue(threads: threads, lanesPerThread: lanes))
        self.now = now
        if isStarted { start() }
    }

    deinit {
        stop()
    }

    /// Starts the threads of an engine that was made without.
    package func start() {
        let (threads, lanes) = queue.withLock { ($0.threads, $0.lanesPerThread) }
        for _ in 0..<threads { HashingThread.start(queue: queue, lanes: lanes, now: now) }
    }

    /// Ends the threads after their slice; jobs that wait or run fail.
    package func stop() {
        let waiting = queue.withLock { $0.stop() }
        queue.broadcast()
        for pending in waiting { pending.finish(.failure(.stopped)) }
    }

    /// How many jobs wait for a lane.
    package var waitingCount: Int { queue.withLock { $0.waiting.count } }

    package nonisolated(nonsending) func digest(
        of job: BcryptJob, within limit: Duration
    ) async throws(BcryptError) -> [23 of UInt8] {
        let pending = PendingJob(job, limit: limit, now: now())
        let outcome = await withTaskCancellationHandler {
            unsafe await withUnsafeContinuation { continuation in
                unsafe pending.await(continuation)
                if let refusal = queue.withLock({ $0.admit(pending) }) {
                    pending.finish(.failure(refusal))
                } else {
                    queue.signal()
                }
            }
        } onCancel: {
            pending.cancel()
            if queue.withLock({ $0.remove(pending) }) { pending.finish(.failure(.cancelled)) }
        }
        return try outcome.get()
    }
}
