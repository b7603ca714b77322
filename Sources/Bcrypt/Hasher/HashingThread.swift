internal import Cryptography
internal import Threading

/// One thread's work: slices of all its lanes, between which lanes end and others begin (continuous batching).
struct HashingThread: ~Copyable {
    private enum Step {
        case work(joining: [PendingJob])
        case stop
    }

    private let queue: Monitor<JobQueue>
    private let settings: LaneSettings
    private let block: LaneBlock
    private var lanes: [RunningLane] = []

    private init(queue: Monitor<JobQueue>, settings: LaneSettings) {
        self.queue = queue
        self.settings = settings
        block = LaneBlock(count: settings.lanesPerThread)
    }

    /// Starts a thread that takes jobs from a queue until the queue is stopped.
    static func start(queue: Monitor<JobQueue>, settings: LaneSettings) {
        Thread.start(name: "hashing") {
            var thread = HashingThread(queue: queue, settings: settings)
            while true {
                thread.release()
                guard thread.join() else { return }
                thread.runSlice()
            }
        }
    }

    /// Ends the lanes that are done, given up or overdue, and answers the overdue that still wait.
    private mutating func release() {
        let time = settings.now()
        var ended: [RunningLane] = []
        for index in lanes.indices.reversed() where lanes[index].ends(at: time) {
            block.end(index, of: lanes.count)
            lanes.swapAt(index, lanes.count - 1)
            ended.append(lanes.removeLast())
        }
        let (overdue, retryAfter) = queue.withLock { queue in
            for lane in ended { queue.left(remaining: lane.remainingRounds) }
            return (queue.removeOverdue(at: time), queue.backlog)
        }
        for lane in ended { lane.pending.finish(lane.outcome(retryAfter: retryAfter)) }
        for pending in overdue { pending.finish(.failure(.overloaded(retryAfter: retryAfter))) }
    }

    /// Fills up with waiting jobs, and waits for the first where there is nothing to do; false after the stop.
    private mutating func join() -> Bool {
        let (running, settings) = (lanes.count, settings)
        let step = queue.waitUntil { queue -> Step? in
            if queue.isStopped { return .stop }
            let joining = queue.take(running: running, at: settings.now())
            if joining.isEmpty && running == 0 { return nil }
            return .work(joining: joining)
        }
        guard case .work(let joining) = step else {
            for lane in lanes { lane.pending.finish(.failure(.stopped)) }
            return false
        }
        for pending in joining {
            let job = pending.job
            job.key.withSpan { key in block.begin(lanes.count, salt: job.salt, key: key, isAltered: job.isAltered) }
            lanes.append(RunningLane(pending))
        }
        return true
    }

    /// Runs all lanes to the end of the slice, or to the first that has something to do.
    private mutating func runSlice() {
        let count = lanes.count
        let sliceRounds = queue.withLock { $0.pace.rounds(in: settings.slice, lanes: count) }
        let rounds = lanes.reduce(sliceRounds) { min($0, $1.roundsToNextStep) }
        let begin = ContinuousClock.now
        block.run(lanes: count, rounds: rounds)
        let time = ContinuousClock.now - begin
        queue.withLock { $0.ran(lanes: count, rounds: rounds, took: time) }
        for index in lanes.indices {
            lanes[index].advance(by: rounds)
            if lanes[index].needsDigest { lanes[index].settle(block.digest(index)) }
        }
    }
}
