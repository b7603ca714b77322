import Authentication
import JWT
import TestSupport
import Testing

@Suite("Opaque tokens")
struct OpaqueTokenTests {
    @Test("Each carries 256 random bits, and others each time", .promise(63))
    func randomness() async throws {
        let harness = try Harness()
        var seen = Set<[UInt8]>()
        for _ in 0..<16 {
            let cookie = try #require(try await harness.logIn(asCookie: true).cookie)
            let refresh = try #require(try await harness.logIn().refreshToken)
            let secrets = [
                try bytes(cookie, count: 32),
                // Session id and generation before, a tag behind.
                Array(try bytes(refresh, count: 16 + 4 + 32 + 16)[20..<52]),
                try bytes(try await harness.authenticator.makeInvite(), count: 32),
            ]
            for secret in secrets { #expect(seen.insert(secret).inserted) }
        }
        // With 48 of 32 random bytes no place shows the same byte everywhere.
        for place in 0..<32 { #expect(Set(seen.map { $0[place] }).count > 8) }
    }

    private func bytes(_ token: String, count: Int) throws -> [UInt8] {
        let decoded = Base64URL.decode(Array(token.utf8.dropFirst(4)).span)
        let bytes = try #require(decoded)
        #expect(bytes.count == count)
        return bytes
    }
}
