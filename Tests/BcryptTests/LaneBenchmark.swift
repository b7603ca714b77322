import Bcrypt
import CCrypt
import Foundation
import Testing

/// Prints the table of docs/hashing.md; no test of the suite:
/// `GATELODGE_MEASURE=1 swift test -c release --filter LaneBenchmark`.
@Suite("Lane benchmark", .enabled(if: ProcessInfo.processInfo.environment["GATELODGE_MEASURE"] != nil))
struct LaneBenchmark {
    private static let repetitions = 21

    @Test("Hashes per second of each lane count against crypt_r, on one core")
    func ratios() throws {
        var reference: [Duration] = []
        var lanes: [Int: [Duration]] = [:]
        // In turns, so that whatever else the machine does falls on all alike.
        for _ in 0..<Self.repetitions {
            reference.append(try cryptTime())
            for count in LaneMeasurement.laneCounts {
                lanes[count, default: []].append(LaneMeasurement.timePerHash(lanes: count, cost: 8))
            }
        }
        let base = median(reference)
        print("lanes  × crypt_r's hashes/s (\(base / .milliseconds(1)) ms at cost 8)")
        for count in LaneMeasurement.laneCounts {
            let ratio = base / median(lanes[count] ?? [])
            print("\(count)      \((ratio * 100).rounded() / 100)")
        }
        #expect(lanes.count == LaneMeasurement.laneCounts.count)
    }

    private func cryptTime() throws -> Duration {
        let begin = clock()
        _ = try #require(Crypt.hash([1], setting: "$2b$08$abcdefghijklmnopqrstuu"))
        return .seconds(Double(clock() - begin) / Double(CLOCKS_PER_SEC))
    }

    private func median(_ times: [Duration]) -> Duration {
        times.sorted()[times.count / 2]
    }
}
