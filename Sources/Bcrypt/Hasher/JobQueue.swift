/// The jobs that wait and the work under way: who is let in, who is next, who has waited too long.
struct JobQueue {
    let threads: Int
    let lanesPerThread: Int
    let meter: HashingMeter
    private(set) var waiting: [PendingJob] = []
    private(set) var isStopped = false
    private(set) var pace = Pace()
    private var waitingRounds = 0
    private var runningRounds = 0
    private(set) var runningLanes = 0

    init(threads: Int, lanesPerThread: Int, meter: HashingMeter) {
        self.meter = meter
        self.threads = threads
        self.lanesPerThread = lanesPerThread
    }

    // MARK: Letting in

    /// Lets a job in, or says why not.
    mutating func admit(_ pending: PendingJob) -> BcryptError? {
        if isStopped { return .stopped }
        if pending.isCancelled { return .cancelled }
        let estimate = estimatedTime(rounds: pending.job.totalRounds)
        // An idle engine takes any job: only work tells that a machine which once was slow no longer is.
        let isIdle = runningLanes + waiting.count == 0
        guard isIdle || estimate <= pending.limit else { return .overloaded(retryAfter: estimate - pending.limit) }
        waiting.append(pending)
        waitingRounds += pending.job.totalRounds
        return nil
    }

    /// How long a job that came now would take, its waiting included: the work before it at the pace of all lanes, then its own.
    func estimatedTime(rounds: Int) -> Duration {
        let lanes = threads * lanesPerThread
        let busy = runningLanes + waiting.count
        guard busy >= lanes else { return pace.time(rounds: rounds, lanes: busy / threads + 1) }
        let before = (waitingRounds + runningRounds) / lanes
        return pace.time(rounds: before + rounds, lanes: lanesPerThread)
    }

    /// How long the work that is there keeps all lanes busy; those who are turned away may come again after it.
    var backlog: Duration {
        pace.time(rounds: (waitingRounds + runningRounds) / (threads * lanesPerThread), lanes: lanesPerThread)
    }

    // MARK: Leaving without an answer

    /// Removes a job that still waits; whether it did.
    mutating func remove(_ pending: PendingJob) -> Bool {
        guard let index = waiting.firstIndex(where: { $0 === pending }) else { return false }
        waiting.remove(at: index)
        waitingRounds -= pending.job.totalRounds
        return true
    }

    /// Removes the jobs whose time is over before they began.
    mutating func removeOverdue(at now: ContinuousClock.Instant) -> [PendingJob] {
        guard waiting.contains(where: { $0.deadline <= now }) else { return [] }
        let overdue = waiting.filter { $0.deadline <= now }
        waiting.removeAll { $0.deadline <= now }
        for pending in overdue { waitingRounds -= pending.job.totalRounds }
        return overdue
    }

    // MARK: Work

    /// The next jobs for a thread that runs so many lanes: its share of all there is, so that a few jobs spread over all threads.
    mutating func take(running lanes: Int, at now: ContinuousClock.Instant) -> [PendingJob] {
        let share = min(lanesPerThread, (runningLanes + waiting.count + threads - 1) / threads)
        return take(atMost: share - lanes, at: now)
    }

    /// The next jobs for lanes elsewhere.
    mutating func take(atMost count: Int, at now: ContinuousClock.Instant) -> [PendingJob] {
        let taken = Array(waiting.prefix(max(0, count)))
        waiting.removeFirst(taken.count)
        runningLanes += taken.count
        for pending in taken {
            meter.count(pending, beginsAt: now)
            waitingRounds -= pending.job.totalRounds
            runningRounds += pending.job.totalRounds
        }
        return taken
    }

    /// A thread has run a slice.
    mutating func ran(lanes: Int, rounds: Int, took time: Duration) {
        runningRounds -= lanes * rounds
        pace.learn(lanes: lanes, rounds: rounds, took: time)
    }

    /// A lane elsewhere, one of so many on its thread, has computed a job in that time.
    mutating func completed(_ job: BcryptJob, lanes: Int, took time: Duration) {
        left(remaining: job.totalRounds)
        pace.learn(lanes: lanes, rounds: job.totalRounds, took: time)
    }

    /// A lane has ended with so many rounds to go.
    mutating func left(remaining rounds: Int) {
        runningLanes -= 1
        runningRounds -= rounds
    }

    /// Lets nobody in any more and gives up those who wait.
    mutating func stop() -> [PendingJob] {
        isStopped = true
        defer {
            waiting = []
            waitingRounds = 0
        }
        return waiting
    }
}
