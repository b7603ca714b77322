internal import Glibc

/// Measures this machine, for choosing a cost.
package enum LaneMeasurement {
    /// What a thread may run side by side.
    package static let laneCounts = 1...LaneBlock.maximumCount

    /// The processor time that one hash takes with so many lanes side by side: the time of all divided by their number.
    ///
    /// Blocks; runs at most `maximumRounds` of the cost's rounds and scales up.
    package static func timePerHash(lanes: Int, cost: Int, maximumRounds: Int = 256) -> Duration {
        precondition(laneCounts.contains(lanes) && BcryptHash.costs.contains(cost))
        let block = LaneBlock(count: lanes)
        let key: [UInt8] = [1, 0]
        for lane in 0..<lanes {
            block.begin(lane, salt: [16 of UInt8](repeating: UInt8(lane)), key: key.span)
        }
        let rounds = min(maximumRounds, 1 << cost)
        let begin = threadTime()
        block.run(lanes: lanes, rounds: rounds)
        return (threadTime() - begin) * Double(1 << cost) / Double(rounds * lanes)
    }

    private static func threadTime() -> Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
