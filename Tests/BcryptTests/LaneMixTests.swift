import Bcrypt
import Testing

@Suite("Lane mixes")
struct LaneMixTests {
    /// In all, over the lane counts; a debug build computes a fiftieth as fast.
    #if DEBUG
        private static let count = 210
    #else
        private static let count = 10_000
    #endif

    private struct Sample: Sendable {
        let password: [UInt8]
        let hash: BcryptHash
        let paddedCost: BcryptCost?
        let isRight: Bool

        init() throws {
            let password = Samples.password(lengths: 0...72)
            let variant = ["2a", "2b", "2y"][Int.random(in: 0...2)]
            let setting = "$\(variant)$0\(Int.random(in: 4...6))$\(Samples.salt())"
            let text = try #require(Crypt.hash(password, setting: setting))
            isRight = Int.random(in: 0..<8) > 0
            self.password = isRight ? password : password.reversed() + [1]
            hash = try BcryptHash(parsing: text)
            paddedCost = Bool.random() ? nil : try BcryptCost(insecure: Int.random(in: 4...6))
        }
    }

    @Test("Passwords that join and leave at random are each hashed as crypt_r does", arguments: 1...7)
    func mix(lanes: Int) async throws {
        var settings = LaneSettings(threads: 2)
        settings.lanesPerThread = lanes
        // Short, so that many join and leave in the middle of others.
        settings.slice = .microseconds(300)
        let hasher = BcryptHasher(engine: LaneEngine(settings), timeLimit: .seconds(100_000))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<(Self.count + 6) / 7 {
                if index >= lanes * 3 { try await group.next() }
                let sample = try Sample()
                let isGivenUp = Int.random(in: 0..<16) == 0
                group.addTask {
                    let verification = Task {
                        try await hasher.verify(
                            sample.password.span, against: sample.hash, paddedTo: sample.paddedCost)
                    }
                    if isGivenUp { verification.cancel() }
                    do {
                        #expect(try await verification.value == sample.isRight, "\(sample.password) \(sample.hash)")
                    } catch {
                        #expect(isGivenUp && error as? BcryptError == .cancelled)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
