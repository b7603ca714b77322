/// How fast a machine hashes, and what each cost means on it.
///
/// bcrypt's work is its rounds, 2^cost of them, and all are alike: a few rounds tell what every cost takes.
package struct Calibration: Sendable {
    /// The rounds of all passwords together that one core does in a second, by lanes; the first is that of one lane.
    let coreRounds: [Double]

    /// The same for all hashing threads at once, which share caches and, where a core is two processors, cores.
    let machineRounds: Double

    /// How many threads hash at once.
    package let threads: Int

    /// How many lanes each of them runs.
    package let lanesPerThread: Int

    /// - Precondition: each figure is above zero, and there is one for one lane.
    package init(coreRounds: [Double], machineRounds: Double, threads: Int, lanesPerThread: Int) {
        precondition(!coreRounds.isEmpty && coreRounds.allSatisfy { $0 > 0 } && machineRounds > 0)
        self.coreRounds = coreRounds
        self.machineRounds = machineRounds
        self.threads = threads
        self.lanesPerThread = lanesPerThread
    }

    /// The numbers of lanes that were measured.
    package var laneCounts: ClosedRange<Int> { 1...coreRounds.count }

    /// The hashes that one core does in a second with so many lanes side by side.
    package func hashesPerSecond(lanes: Int, cost: BcryptCost) -> Double {
        coreRounds[lanes - 1] / cost.rounds
    }

    /// What a login takes on a machine that does nothing else.
    package func loginTime(cost: BcryptCost) -> Duration {
        .seconds(cost.rounds / coreRounds[0])
    }

    /// The logins that the machine bears in a second where it does nothing else.
    package func loginsPerSecond(cost: BcryptCost) -> Double {
        machineRounds / cost.rounds
    }

    /// The highest cost at which a login takes no longer; `nil` where it does at the lowest that is allowed.
    package func cost(within target: Duration) -> BcryptCost? {
        BcryptCost.all.last { loginTime(cost: $0) <= target }
    }
}

extension BcryptCost {
    /// What may be asked for, from the lowest up.
    package static let all = range.compactMap { value in
        // Within the range none is refused.
        try? BcryptCost(value)
    }

    fileprivate var rounds: Double { Double(1 << value) }
}
