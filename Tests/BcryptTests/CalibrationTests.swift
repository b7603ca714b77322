import Bcrypt
import Testing

@Suite("Calibration")
struct CalibrationTests {
    /// One lane takes 51.2 ms at cost 10; four lanes do thrice the work, two threads twice that.
    private static let even = Calibration(
        coreRounds: [20_000, 35_000, 50_000, 60_000], machineRounds: 120_000, threads: 2, lanesPerThread: 4)

    @Test(
        "The cost is the highest that fits the target, and within 10 and 16",
        arguments: [
            (0, nil), (51, nil), (52, 10), (102, 10), (103, 11), (250, 12), (500, 13), (3_276, 15), (3_277, 16),
            (1_000_000, 16),
        ])
    func cost(milliseconds: Int, expected: Int?) {
        #expect(Self.even.cost(within: .milliseconds(milliseconds))?.value == expected)
    }

    @Test("Each step of cost doubles the time and halves the rates")
    func steps() throws {
        #expect(BcryptCost.all.map(\.value) == Array(10...16))
        for (step, cost) in BcryptCost.all.enumerated() {
            let difference = Self.even.loginTime(cost: cost) - .microseconds(51_200 << step)
            #expect(abs(difference / .nanoseconds(1)) < 1)
        }
        #expect(Self.even.loginsPerSecond(cost: .standard) == 117.1875)
        #expect(try Self.even.loginsPerSecond(cost: BcryptCost(11)) == 117.1875 / 2)
        #expect(Self.even.laneCounts == 1...4)
        #expect(Self.even.hashesPerSecond(lanes: 1, cost: .standard) == 19.53125)
        #expect(Self.even.hashesPerSecond(lanes: 4, cost: .standard) == 58.59375)
    }

    @Test("A machine is measured with all its lanes and threads")
    func measured() {
        let calibration = Calibration.measure(threads: 2, for: .milliseconds(1))
        #expect(calibration.laneCounts == LaneMeasurement.laneCounts)
        #expect(calibration.threads == 2)
        #expect(calibration.laneCounts.contains(calibration.lanesPerThread))
        for lanes in calibration.laneCounts {
            #expect(calibration.hashesPerSecond(lanes: lanes, cost: .standard) > 0)
        }
        #expect(calibration.loginTime(cost: .standard) > .zero)
        #expect(calibration.loginsPerSecond(cost: .standard) > 0)
    }
}
