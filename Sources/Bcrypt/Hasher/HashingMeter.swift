internal import Counting

/// What an engine counts.
final class HashingMeter: Sendable {
    let completed = Counter()
    let refused = Counter()
    /// Nanoseconds from a job's coming to its beginning.
    let waits = Histogram.ofDurations()

    func count(_ outcome: PendingJob.Outcome) {
        switch outcome {
        case .success: completed.add()
        case .failure(.overloaded): refused.add()
        // Nobody waits for it any more, or it could not have been asked for.
        case .failure: break
        }
    }

    func count(_ pending: PendingJob, beginsAt now: ContinuousClock.Instant) {
        let (seconds, attoseconds) = (now - pending.begin).components
        waits.record(Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
    }
}
