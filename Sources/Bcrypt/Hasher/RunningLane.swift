/// A job in a lane and how far it is.
struct RunningLane {
    let pending: PendingJob
    private(set) var rounds = 0
    private(set) var digest: [23 of UInt8]?

    init(_ pending: PendingJob) {
        self.pending = pending
    }

    /// Rounds until something has to be done: the digest taken, or the lane ended.
    var roundsToNextStep: Int { (digest == nil ? pending.job.rounds : pending.job.totalRounds) - rounds }

    /// Rounds until the lane ends.
    var remainingRounds: Int { pending.job.totalRounds - rounds }

    /// Whether digest and padding are done.
    var isComplete: Bool { digest != nil && remainingRounds == 0 }

    mutating func advance(by rounds: Int) {
        self.rounds += rounds
    }

    mutating func settle(_ digest: [23 of UInt8]) {
        self.digest = digest
    }
}
