/// A job in a lane and how far it is.
struct RunningLane {
    let pending: PendingJob
    private var rounds = 0
    private var digest: [23 of UInt8]?

    init(_ pending: PendingJob) {
        self.pending = pending
    }

    /// Rounds until something has to be done: the digest taken, or the lane ended.
    var roundsToNextStep: Int { digest == nil ? pending.job.rounds - rounds : remainingRounds }

    /// Rounds until the lane ends, its padding included.
    var remainingRounds: Int { pending.job.totalRounds - rounds }

    /// Whether the tables now are what the digest is made with.
    var needsDigest: Bool { digest == nil && rounds == pending.job.rounds }

    mutating func advance(by rounds: Int) {
        self.rounds += rounds
    }

    mutating func settle(_ digest: [23 of UInt8]) {
        self.digest = digest
    }

    /// Whether there is no reason to go on.
    func ends(at time: ContinuousClock.Instant) -> Bool {
        isComplete || pending.isCancelled || pending.deadline <= time
    }

    /// What a lane that ends has come to.
    func outcome(retryAfter: Duration) -> PendingJob.Outcome {
        if let digest, isComplete { return .success(digest) }
        return .failure(pending.isCancelled ? .cancelled : .overloaded(retryAfter: retryAfter))
    }

    private var isComplete: Bool { digest != nil && remainingRounds == 0 }
}
