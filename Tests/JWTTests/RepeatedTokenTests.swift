import JWT
import Testing
import Threading

/// A verifier remembers good tokens; nothing that it remembers may let in what it would refuse.
@Suite("Tokens that come again") struct RepeatedTokenTests {
    private final class SetClock: Sendable {
        let time = Locked(UnixTime(1_800_000_000))
    }

    private let clock = SetClock()
    private let key = SigningKey.generate(.es256)

    private func verifier(_ key: SigningKey) -> AccessTokenVerifier {
        AccessTokenVerifier(
            keys: KeySet(key.verificationKey), issuer: "https://a.example", audience: "https://a.example",
            clock: { [clock] in clock.time.withLock { $0 } })
    }

    private func token(_ key: SigningKey, username: String = "vicky") throws -> String {
        try AccessTokenIssuer(
            key: key, issuer: "https://a.example", audience: "https://a.example", lifetime: .seconds(60),
            clock: { [clock] in clock.time.withLock { $0 } }
        ).issue(subject: "7", username: username, roles: [], clientID: "test").token
    }

    @Test("A token is good again and says the same")
    func again() throws {
        let verifier = verifier(key)
        let token = try token(key)
        let first = try verifier.verify(token)
        #expect(try verifier.verify(token) == first)
        #expect(first.username == "vicky")
    }

    @Test("A remembered token ends at its expiry all the same")
    func expiry() throws {
        let verifier = verifier(key)
        let token = try token(key)
        _ = try verifier.verify(token)
        clock.time.withLock { $0 = $0 + .seconds(59) }
        _ = try verifier.verify(token)
        clock.time.withLock { $0 = $0 + .seconds(1) }
        #expect(throws: JWTError.expired) { try verifier.verify(token) }
    }

    @Test("A remembered token altered in any byte is refused")
    func altered() throws {
        let verifier = verifier(key)
        let token = try token(key)
        _ = try verifier.verify(token)
        for index in token.utf8.indices {
            var bytes = Array(token.utf8)
            let place = token.utf8.distance(from: token.utf8.startIndex, to: index)
            bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let altered = String(decoding: bytes, as: UTF8.self)
            #expect(throws: JWTError.self) { try verifier.verify(altered) }
        }
        _ = try verifier.verify(token)
    }

    @Test("What one verifier remembers is nothing to another with other keys")
    func keys() throws {
        let token = try token(key)
        _ = try verifier(key).verify(token)
        #expect(throws: JWTError.unknownKey) { try verifier(.generate(.es256)).verify(token) }
    }

    @Test("A refused token is not remembered as good")
    func refused() throws {
        let verifier = verifier(key)
        let foreign = try token(.generate(.es256))
        for _ in 1...3 { #expect(throws: JWTError.unknownKey) { try verifier.verify(foreign) } }
    }

    @Test("More tokens than are remembered are all good, each with its own claims")
    func many() throws {
        let key = try SigningKey(hs256Secret: Array("0123456789 a secret of the tests".utf8).span)
        let verifier = verifier(key)
        let tokens = try (0..<5000).map { try token(key, username: "user\($0)") }
        for round in 1...2 {
            for (number, token) in tokens.enumerated() where round == 1 || number.isMultiple(of: 37) {
                #expect(try verifier.verify(token).username == "user\(number)")
            }
        }
    }
}
