internal import Threading

/// Computes digests on threads of this process.
package final class LaneEngine: QueueingEngine {
    private let queue: Monitor<JobQueue>
    private let settings: LaneSettings
    let meter = HashingMeter()

    /// - Parameter isStarted: Whether its threads start at once, or with ``start()``.
    package init(_ settings: LaneSettings, isStarted: Bool = true) {
        precondition(settings.threads > 0)
        self.settings = settings
        queue = Monitor(
            JobQueue(threads: settings.threads, lanesPerThread: settings.lanesPerThread, meter: meter))
        if isStarted { start() }
    }

    deinit {
        stop()
    }

    /// Starts the threads of an engine that was made without.
    package func start() {
        for _ in 0..<settings.threads { HashingThread.start(queue: queue, settings: settings) }
    }

    /// Ends the threads after their slice; jobs that wait or run fail.
    package func stop() {
        let waiting = queue.withLock { $0.stop() }
        queue.broadcast()
        for pending in waiting { pending.finish(.failure(.stopped)) }
    }

    /// How many jobs wait for a lane.
    package var waitingCount: Int { queue.withLock { $0.waiting.count } }

    /// How many jobs are in lanes.
    package var runningCount: Int { queue.withLock { $0.runningLanes } }

    /// How long the work that is there now keeps all lanes busy, at the pace measured of late.
    package var backlog: Duration { queue.withLock { $0.backlog } }

    package var activity: HashingActivity {
        queue.withLock { HashingActivity($0, meter, isConnected: !$0.isStopped) }
    }

    var now: ContinuousClock.Instant { settings.now() }

    func submit(_ pending: PendingJob) {
        if let refusal = queue.withLock({ $0.admit(pending) }) {
            pending.finish(.failure(refusal))
        } else {
            queue.signal()
        }
    }

    func giveUp(_ pending: PendingJob) {
        pending.cancel()
        if queue.withLock({ $0.remove(pending) }) { pending.finish(.failure(.cancelled)) }
    }
}
