package import Counting

/// What a hasher is doing and has done.
package struct HashingActivity: Sendable, Equatable {
    /// Jobs that wait for a lane.
    package var waiting = 0
    /// Lanes that work, and all there are.
    package var busyLanes = 0
    package var lanes = 0
    /// Whether there is somebody to work; false while a hashing process is being waited for.
    package var isConnected = true
    /// Jobs that were done, and those that were refused for want of time.
    package var completed = 0
    package var refused = 0
    /// Nanoseconds that jobs waited for their lane.
    package var waits = HistogramCounts()

    package init() {}

    init(_ queue: JobQueue, _ meter: HashingMeter, isConnected: Bool) {
        waiting = queue.waiting.count
        lanes = queue.threads * queue.lanesPerThread
        // A hashing process is given some jobs more than it has lanes, so that none is ever idle.
        busyLanes = min(lanes, queue.runningLanes)
        self.isConnected = isConnected
        completed = meter.completed.value
        refused = meter.refused.value
        waits = meter.waits.counts
    }
}
