/// How fast this machine hashes, learnt from the slices that it runs.
struct Pace {
    /// Against the nominal pace: 2 takes twice as long.
    private(set) var slowness = 1.0

    /// What one round of all lanes takes: measured on Zen 4, where it only has to be right in proportion.
    private static func nominalNanoseconds(lanes: Int) -> Double {
        38_000 + 9_000 * Double(lanes)
    }

    /// Takes a slice into account; younger ones weigh more, and one in which the machine stood still not too much.
    mutating func learn(lanes: Int, rounds: Int, took time: Duration) {
        let seen = time / .nanoseconds(1) / (Double(rounds) * Self.nominalNanoseconds(lanes: lanes))
        slowness += (min(seen, 4 * slowness) - slowness) / 8
    }

    /// What so many rounds take where so many lanes run side by side.
    func time(rounds: Int, lanes: Int) -> Duration {
        .nanoseconds(Int64(min(9e18, Double(rounds) * Self.nominalNanoseconds(lanes: lanes) * slowness)))
    }

    /// How many rounds fill about that time, at least one.
    func rounds(in time: Duration, lanes: Int) -> Int {
        max(1, Int(time / .nanoseconds(1) / (Self.nominalNanoseconds(lanes: lanes) * slowness)))
    }
}
