internal import Threading

/// Computes digests in another process, so that hashing takes its processor time from another scheduling group.
///
/// Whom to let in is decided here, at once; at most as many jobs as the other process has lanes, and one more for each
/// thread, are under way there. When that process ends, a new one is asked for and gets what was under way again.
package final class ProcessEngine: QueueingEngine {
    /// Gives one end of a SOCK_SEQPACKET pair whose other end a ``HasherService`` holds, or nil where there is none now.
    /// It is asked again later. What it gives, the engine closes.
    package typealias Connector = @Sendable () -> Int32?

    private let link: HasherLink

    /// - Parameter threads: those of the other process.
    package init(threads: Int, connect: @escaping Connector) {
        let link = HasherLink(settings: LaneSettings(threads: threads), connect: connect)
        Thread.start(name: "hasher-link") { link.run() }
        self.link = link
    }

    deinit { link.stop() }

    package var activity: HashingActivity { link.activity }

    var now: ContinuousClock.Instant { .now }

    var meter: HashingMeter { link.meter }

    func submit(_ pending: PendingJob) { link.submit(pending) }

    func giveUp(_ pending: PendingJob) { link.giveUp(pending) }
}
