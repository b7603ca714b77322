import Bcrypt
import TestSupport
import Testing

@Suite("Hasher")
struct BcryptHasherTests {
    private let hasher = BcryptHasher(threads: 2)

    @Test("The right password verifies and a wrong one does not", arguments: [0, 1, 72, 73, 1024])
    func roundTrip(length: Int) async throws {
        let password = Samples.password(lengths: length...length)
        let hash = try await hasher.hash(password.span, cost: BcryptCost(insecure: 4))
        #expect(hash.cost == 4)
        #expect(hash.scheme == (length <= 72 ? .bcrypt2b : .bcryptSHA256))
        #expect(try await hasher.verify(password.span, against: hash))
        #expect(try Bcrypt.verify(password.span, against: hash))
        let wrong = password.dropLast() + [0]
        #expect(try await !hasher.verify(wrong.span, against: hash))
    }

    @Test("A cheap hash padded to a dearer cost verifies as before")
    func padding() async throws {
        let password = Samples.password(lengths: 8...8)
        let hash = try Bcrypt.hash(password.span, cost: BcryptCost(insecure: 4))
        #expect(try await hasher.verify(password.span, against: hash, paddedTo: BcryptCost(insecure: 6)))
        let wrong = Samples.password(lengths: 9...9)
        #expect(try await !hasher.verify(wrong.span, against: hash, paddedTo: BcryptCost(insecure: 6)))
    }

    @Test("Unknown names, wrong lengths and cheap hashes cost the same rounds as the configured cost", .promise(23))
    func equalWork() async throws {
        let engine = RecordingEngine()
        let hasher = BcryptHasher(engine: engine)
        let cheap = try Bcrypt.hash([1, 2, 3].span, cost: BcryptCost(insecure: 4))
        let nothing: [UInt8] = []
        let long = [UInt8](repeating: 1, count: 73)
        _ = try await hasher.verify([1, 2, 3].span, against: cheap, paddedTo: .standard)
        _ = try await hasher.verify(long.span, against: cheap, paddedTo: .standard)
        _ = try await hasher.verify(nothing.span, against: cheap, paddedTo: .standard)
        try await hasher.burn(cost: .standard)
        _ = try await hasher.hash([1, 2, 3].span)
        #expect(engine.jobs.map(\.totalRounds) == [1024, 1024, 1024, 1024, 1024])
        #expect(engine.jobs.map(\.rounds) == [16, 16, 16, 1024, 1024])
    }

    @Test("A hash dearer than the limit is refused before any work, one at the limit is not")
    func costLimit() async throws {
        let engine = RecordingEngine()
        let hasher = BcryptHasher(engine: engine, costLimit: 12)
        let rest = String(repeating: ".", count: 53)
        let planted = try BcryptHash(parsing: "$2b$31$" + rest)
        await #expect(throws: BcryptError.costAboveLimit(cost: 31, limit: 12)) {
            try await hasher.verify([1].span, against: planted)
        }
        #expect(throws: BcryptError.costAboveLimit(cost: 31, limit: 16)) {
            try Bcrypt.verify([1].span, against: planted)
        }
        #expect(engine.jobs.isEmpty)
        _ = try await hasher.verify([1].span, against: BcryptHash(parsing: "$2b$12$" + rest))
        #expect(engine.jobs.count == 1)
    }

    @Test("A password of 1,025 bytes is refused before any work", .promise(4))
    func tooLong() async throws {
        let engine = RecordingEngine()
        let hasher = BcryptHasher(engine: engine)
        let password = [UInt8](repeating: 1, count: 1025)
        let hash = try Bcrypt.hash([1].span, cost: BcryptCost(insecure: 4))
        await #expect(throws: BcryptError.passwordTooLong(bytes: 1025)) { try await hasher.hash(password.span) }
        await #expect(throws: BcryptError.passwordTooLong(bytes: 1025)) {
            try await hasher.verify(password.span, against: hash)
        }
        #expect(engine.jobs.isEmpty)
    }
}
