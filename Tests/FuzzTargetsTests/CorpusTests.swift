import Foundation
import FuzzTargets
import Testing

@Suite("Saved inputs of the fuzzer")
struct CorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath)  // Tests/FuzzTargetsTests/CorpusTests.swift
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzzing/Corpus")

    /// Inputs longer than this are cut and changed at some places only, to stay within seconds.
    private static func places(_ target: FuzzTarget) -> Int { target == .settings ? 32 : 256 }

    private func inputs(_ target: FuzzTarget) throws -> [[UInt8]] {
        let folder = Self.folder.appending(path: target.rawValue)
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .map { [UInt8](try Data(contentsOf: $0)) }
    }

    @Test(
        "Each saved input, cut at each byte and changed in each byte, keeps what is promised",
        arguments: FuzzTarget.allCases)
    func replay(target: FuzzTarget) throws {
        let inputs = try inputs(target)
        #expect(!inputs.isEmpty)
        for input in inputs {
            target.run(input.span)
            for index in stride(from: 0, to: input.count, by: max(1, input.count / Self.places(target))) {
                target.run(input.span.extracting(0..<index))
                var changed = input
                changed[index] ^= 1 << UInt8(index % 8)
                target.run(changed.span)
            }
        }
    }

    @Test("Saved inputs are small", arguments: FuzzTarget.allCases)
    func small(target: FuzzTarget) throws {
        let inputs = try inputs(target)
        #expect(inputs.count <= 100)
        #expect(inputs.allSatisfy { $0.count < 4096 })
    }
}
