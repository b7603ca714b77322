internal import Threading

extension Calibration {
    /// Enough that the clock's own time is nothing, few enough that a run of all lane counts is over in a moment.
    private static let roundsAtOnce = 32

    /// Measures this machine for about that long, two thirds of it on one core and the rest on all; blocks.
    ///
    /// Counted is processor time, so that what else the machine does matters little; a quota on it does not show.
    ///
    /// - Parameter threads: How many hash at once, as ``BcryptHasher`` is told.
    package static func measure(threads: Int, for time: Duration) -> Calibration {
        let lanesPerThread = LaneSettings(threads: threads).lanesPerThread
        var core = LaneMeasurement.laneCounts.map { _ in [Double]() }
        let end = ContinuousClock.now + time * (2.0 / 3)
        // In turns, so that whatever disturbs falls on all alike.
        repeat {
            for lanes in LaneMeasurement.laneCounts { core[lanes - 1].append(roundsPerSecond(lanes: lanes)) }
        } while .now < end
        let machine = machineRounds(threads: threads, lanes: lanesPerThread, until: .now + time / 3)
        return Calibration(
            coreRounds: core.map(median), machineRounds: machine, threads: threads, lanesPerThread: lanesPerThread)
    }

    private static func machineRounds(
        threads: Int, lanes: Int, until end: ContinuousClock.Instant
    ) -> Double {
        let figures = Monitor([Double]())
        for _ in 0..<threads {
            Thread.start(name: "measuring") {
                var rounds: [Double] = []
                repeat { rounds.append(roundsPerSecond(lanes: lanes)) } while .now < end
                let own = median(rounds)
                figures.withLock { $0.append(own) }
                figures.signal()
            }
        }
        return figures.waitUntil { $0.count == threads ? $0.reduce(0, +) : nil }
    }

    private static func roundsPerSecond(lanes: Int) -> Double {
        let cost = BcryptCost.standard.value
        let time = LaneMeasurement.timePerHash(lanes: lanes, cost: cost, maximumRounds: roundsAtOnce)
        // A clock that stood still says nothing, and must not say that hashing is free.
        return Double(1 << cost) / max(time / .seconds(1), 1e-6)
    }

    /// A disturbed measurement does not move it.
    private static func median(_ values: [Double]) -> Double {
        values.sorted()[values.count / 2]
    }
}
