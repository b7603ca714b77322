import Foundation
import TestSupport
import Testing

/// `gatelodge password calibrate`
@Suite struct CalibrateTests {
    private struct Report: Decodable {
        struct Lanes: Decodable {
            let lanes: Int
            let hashesPerSecond: Double
        }

        struct Cost: Decodable {
            let cost: Int
            let loginMilliseconds: Double
            let loginsPerSecond: Double
            let fits: Bool
        }

        let cost: Int
        let fits: Bool
        let targetMilliseconds: Double
        let hashingThreads: Int
        let lanesPerThread: Int
        let lanes: [Lanes]
        let costs: [Cost]
    }

    private func calibrate(_ arguments: [String]) throws -> (status: Int32, text: String, errors: String) {
        let child = try Child(Site.binary, ["password", "calibrate"] + arguments)
        return (child.status(), child.text, child.errors)
    }

    @Test(arguments: [("1ms", 10...10, false), ("250ms", 10...16, nil), ("60s", 10...16, true)])
    func `The figures as JSON name a cost from 10 to 16`(target: String, costs: ClosedRange<Int>, fits: Bool?) throws {
        let result = try calibrate(["--seconds", "1", "--json", "--target", target])
        #expect(result.status == 0)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let report = try decoder.decode(Report.self, from: Data(result.text.utf8))
        #expect(costs.contains(report.cost))
        #expect(fits == nil || report.fits == fits)
        #expect(report.costs.map(\.cost) == Array(10...16))
        #expect(report.costs.last { $0.fits }?.cost == (report.fits ? report.cost : nil))
        #expect(report.costs.allSatisfy { ($0.loginMilliseconds <= report.targetMilliseconds) == $0.fits })
        #expect(report.lanes.map(\.lanes) == Array(1...7))
        #expect(report.lanes.allSatisfy { $0.hashesPerSecond > 0 })
        #expect(report.hashingThreads >= 1)
        #expect(report.lanes.map(\.lanes).contains(report.lanesPerThread))
    }

    @Test func `The tables name the lanes, the costs and the one that fits`() throws {
        let result = try calibrate(["--seconds", "1", "--target", "60s"])
        #expect(result.status == 0)
        let lines = result.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.filter { $0.hasPrefix("    ") }.count == 7)
        let costs = lines.filter { $0.hasPrefix("  1") }
        #expect(costs.count == 7)
        let fitting = try #require(costs.first { $0.hasSuffix("fits") })
        let cost = try #require(fitting.split(separator: " ").first)
        #expect(result.text.contains("password.cost: \(cost) is the highest at which a login takes at most 60000 ms."))
        let none = try calibrate(["--seconds", "1", "--target", "1ms"])
        #expect(none.status == 0)
        #expect(none.text.contains("Even at cost 10"))
        #expect(!none.text.contains("fits"))
    }

    @Test(arguments: [
        ["--target", "0ms"], ["--target", "61s"], ["--target", "250"], ["--target", "-1ms"], ["--target", ""],
        ["--target", "99999999999999999999ms"], ["--target", "9223372036854775807ms"], ["--seconds", "0"],
        ["--seconds", "61"], ["--seconds", "-1"], ["--seconds", "long"], ["--cost", "10"], ["10"],
    ])
    func `What is no target and no time to measure is a usage error`(arguments: [String]) throws {
        let result = try calibrate(arguments)
        #expect(result.status == 64)
        #expect(result.text.isEmpty)
    }
}
