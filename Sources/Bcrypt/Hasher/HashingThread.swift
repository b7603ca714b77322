internal import Cryptography

/// One thread's work: slices of all its lanes, between which lanes end and new ones begin (continuous batching).
struct HashingThread: ~Copyable {
    /// Long enough that the work between slices costs nothing, short enough that nobody waits for it.
    private static let slice = Duration.milliseconds(2)

    private enum Step {
        case work(joining: [PendingJob])
        case stop
    }

    private let queue: Monitor<JobQueue>
    private let now: @Sendable () -> ContinuousClock.Instant
    private let block: LaneBlock
    private var lanes: [RunningLane] = []

    private init(queue: Monitor<JobQueue>, lanes: Int, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.queue = queue
        self.now = now
        block = LaneBlock(count: lanes)
    }

    /// Starts a thread that takes jobs from a queue until the queue is stopped.
    static func start(queue: Monitor<JobQueue>, lanes: Int, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        Thread.start {
            var thread = HashingThread(queue: queue, lanes: lanes, now: now)
            while thread.exchange() { thread.run() }
        }
    }

    /// Lets lanes go that are done or given up and fills up with waiting jobs; whether there is work.
    private mutating func exchange() -> Bool {
        let time = now()
        var outcomes: [(PendingJob, PendingJob.Outcome)] = []
        var left: [Int] = []
        let retryAfter = queue.withLock { $0.retryAfter }
        for index in lanes.indices.reversed() {
            guard let outcome = outcome(of: lanes[index], at: time, retryAfter: retryAfter) else { continue }
            outcomes.append((lanes[index].pending, outcome))
            left.append(lanes[index].remainingRounds)
            block.end(index, of: lanes.count)
            lanes.swapAt(index, lanes.count - 1)
            lanes.removeLast()
        }
        let overdue = queue.withLock { queue in
            for rounds in left { queue.left(remaining: rounds) }
            return queue.removeOverdue(at: time)
        }
        for (pending, outcome) in outcomes { pending.finish(outcome) }
        for pending in overdue { pending.finish(.failure(.overloaded(retryAfter: retryAfter))) }

        let running = lanes.count
        let step = queue.waitUntil { queue -> Step? in
            if queue.isStopped { return .stop }
            let joining = queue.take(running: running)
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

    /// What a lane ends with, or nil as long as it goes on.
    private func outcome(
        of lane: RunningLane, at time: ContinuousClock.Instant, retryAfter: Duration
    ) -> PendingJob.Outcome? {
        if lane.isComplete, let digest = lane.digest { return .success(digest) }
        if lane.pending.isCancelled { return .failure(.cancelled) }
        if lane.pending.deadline <= time { return .failure(.overloaded(retryAfter: retryAfter)) }
        return nil
    }

    /// Runs all lanes to the end of the slice or to the first that has something to do.
    private mutating func run() {
        let count = lanes.count
        let sliceRounds = queue.withLock { $0.pace.rounds(in: Self.slice, lanes: count) }
        let rounds = lanes.reduce(sliceRounds) { min($0, $1.roundsToNextStep) }
        let begin = ContinuousClock.now
        block.run(lanes: count, rounds: rounds)
        let time = ContinuousClock.now - begin
        queue.withLock { $0.ran(lanes: count, rounds: rounds, took: time) }
        for index in lanes.indices {
            lanes[index].advance(by: rounds)
            if lanes[index].digest == nil && lanes[index].roundsToNextStep == 0 {
                lanes[index].settle(block.digest(index))
            }
        }
    }
}
