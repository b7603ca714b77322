internal import Bcrypt

/// What a calibration says, for people and for programs.
struct CalibrationReport: Encodable {
    struct LaneRow: Encodable {
        let lanes: Int
        let hashesPerSecond: Double
    }

    struct CostRow: Encodable {
        let cost: Int
        let loginMilliseconds: Double
        let loginsPerSecond: Double
        let fits: Bool
    }

    /// The highest that fits; 10, the lowest that is allowed, where none does.
    let cost: Int
    let fits: Bool
    let targetMilliseconds: Double
    let hashingThreads: Int
    let lanesPerThread: Int
    /// Of one core, at cost 10.
    let lanes: [LaneRow]
    let costs: [CostRow]

    init(_ calibration: Calibration, target: Duration) {
        let chosen = calibration.cost(within: target)
        cost = (chosen ?? .standard).value
        fits = chosen != nil
        targetMilliseconds = target.milliseconds
        hashingThreads = calibration.threads
        lanesPerThread = calibration.lanesPerThread
        lanes = calibration.laneCounts.map { lanes in
            LaneRow(
                lanes: lanes, hashesPerSecond: calibration.hashesPerSecond(lanes: lanes, cost: .standard).twoPlaces)
        }
        costs = BcryptCost.all.map { cost in
            let time = calibration.loginTime(cost: cost)
            return CostRow(
                cost: cost.value, loginMilliseconds: time.milliseconds,
                loginsPerSecond: calibration.loginsPerSecond(cost: cost).twoPlaces, fits: time <= target)
        }
    }

    /// Two tables and a sentence.
    var table: String {
        var lines = ["lanes   hashes/s of one core at cost 10"]
        for row in lanes {
            let mark = row.lanes == lanesPerThread ? "   as the hasher runs them" : ""
            lines.append(right(row.lanes, 5) + right(row.hashesPerSecond.onePlace, 11) + mark)
        }
        lines += [
            "",
            "cost    one login   logins/s of \(hashingThreads) hashing \(hashingThreads == 1 ? "thread" : "threads")",
        ]
        for row in costs {
            let mark = fits && row.cost == cost ? "   fits" : ""
            lines.append(
                right(row.cost, 4) + right("\(Int(row.loginMilliseconds.rounded())) ms", 13)
                    + right(row.loginsPerSecond.onePlace, 11) + mark)
        }
        return (lines + ["", conclusion]).joined(separator: "\n")
    }

    private var conclusion: String {
        let limit = "\(targetMilliseconds.onePlace.replacing(".0", with: "")) ms"
        return fits
            ? "password.cost: \(cost) is the highest at which a login takes at most \(limit)."
            : "Even at cost \(cost), the lowest that is allowed, a login takes longer than \(limit)."
    }
}

private func right(_ value: some CustomStringConvertible, _ width: Int) -> String {
    let text = value.description
    return String(repeating: " ", count: max(0, width - text.count)) + text
}

extension Duration {
    fileprivate var milliseconds: Double { (self / .milliseconds(1)).twoPlaces }
}

extension Double {
    fileprivate var twoPlaces: Double { (self * 100).rounded() / 100 }

    fileprivate var onePlace: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
