import Authentication
import Storage
import TestSupport
import Testing

@Suite("Judging tokens")
struct AuthenticateTests {
    let secret: SigningSecret

    init() throws {
        secret = try SigningSecret(copying: Array("kq8vV3nD0sXz1LrT6bYw9mPf4hGj2cAe".utf8).span)
    }

    @Test("Without a token the answer is that there is none")
    func missing() throws {
        let harness = try Harness()
        #expect(throws: AuthError.missingToken) { try harness.identity(of: "") }
    }

    @Test("Changing any character of a token makes it invalid", arguments: [true, false])
    func altered(withSecret: Bool) async throws {
        let harness = try Harness { if withSecret { $0.signingSecret = secret } }
        let token = try await login(harness)
        _ = try harness.identity(of: token)
        let bytes = Array(token.utf8)
        for index in bytes.indices {
            var changed = bytes
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(isInvalid { () throws(AuthError) in try harness.authenticator.authenticate(changed.span) })
        }
        for text in ["x", "Bearer \(token)", token + ".", " " + token, token + "\n", token.uppercased(), "null", "\0"] {
            #expect(isInvalid { () throws(AuthError) in try harness.identity(of: text) })
        }
    }

    @Test("A token is good until its expiry and not a second longer", .promise(50))
    func expiry() async throws {
        let harness = try Harness { $0.accessTokenLifetime = .seconds(60) }
        let token = try await login(harness)
        harness.clock.advance(by: .seconds(59))
        _ = try harness.identity(of: token)
        harness.clock.advance(by: .seconds(1))
        #expect(throws: AuthError.invalidToken(code: "expired")) { try harness.identity(of: token) }
    }

    @Test("Another instance's tokens are not ours")
    func otherInstance() async throws {
        let (ours, theirs) = (try Harness(), try Harness())
        let token = try await login(theirs)
        #expect(throws: AuthError.invalidToken(code: "unknown_key")) { try ours.identity(of: token) }
        _ = try theirs.identity(of: token)
    }

    @Test(
        "With one secret and one issuer two instances accept each other's tokens; with another issuer they do not",
        .promise(52))
    func sharedSecret() async throws {
        let first = try Harness { ($0.signingSecret, $0.issuer) = (secret, "https://one.example") }
        let second = try Harness { ($0.signingSecret, $0.issuer) = (secret, "https://one.example") }
        let third = try Harness { ($0.signingSecret, $0.issuer) = (secret, "https://two.example") }
        let fourth = try Harness {
            ($0.signingSecret, $0.issuer, $0.audience) = (secret, "https://one.example", "https://two.example")
        }
        let token = try await login(first)
        _ = try second.identity(of: token)
        #expect(throws: AuthError.invalidToken(code: "wrong_issuer")) { try third.identity(of: token) }
        #expect(throws: AuthError.invalidToken(code: "wrong_audience")) { try fourth.identity(of: token) }
    }

    @Test("The key pair and the issuer outlive a restart")
    func restart() async throws {
        let folder = try TemporaryFolder()
        let first = try Harness(in: folder)
        let token = try await login(first)
        try first.store.close()
        let second = try Harness(in: folder)
        #expect(try second.identity(of: token).username == "vicky")
        #expect(second.authenticator.publicKeySet == first.authenticator.publicKeySet)
        #expect(second.authenticator.issuerName == first.authenticator.issuerName)
        #expect(first.authenticator.issuerName.hasPrefix("urn:uuid:"))
    }

    @Test("Two processes on one database accept each other's tokens")
    func twoProcesses() async throws {
        let folder = try TemporaryFolder()
        let (first, second) = (try Harness(in: folder), try Harness(in: folder))
        let token = try await login(first)
        #expect(try second.identity(of: token).username == "vicky")
        #expect(try second.authenticator.findUsers().map(\.username) == ["vicky"])
    }

    @Test("The public half of the key is published, a secret is not", .promise(69))
    func publicKeySet() throws {
        let published = String(decoding: try Harness().authenticator.publicKeySet.bytes, as: UTF8.self)
        #expect(published.contains(#""kty":"EC""#))
        #expect(published.contains(#""alg":"ES256""#))
        #expect(!published.contains(#""d""#))
        let withSecret = try Harness { $0.signingSecret = secret }.authenticator
        #expect(String(decoding: withSecret.publicKeySet.bytes, as: UTF8.self) == #"{"keys":[]}"#)
        #expect(withSecret.tokenAlgorithm == "HS256")
    }

    @Test("Once a secret is set, tokens of the database's key are refused")
    func oneAlgorithm() async throws {
        let folder = try TemporaryFolder()
        let token = try await login(try Harness(in: folder))
        let withSecret = try Harness(in: folder) { $0.signingSecret = secret }
        #expect(isInvalid { () throws(AuthError) in try withSecret.identity(of: token) })
    }

    @Test("A token is judged without the database", arguments: [true, false])
    func withoutDatabase(isRemembered: Bool) async throws {
        let harness = try Harness()
        let (good, ended) = (try await harness.logIn(), try await harness.logIn())
        try await harness.authenticator.logOut(ended.identity, scope: .this, from: .test)
        if isRemembered { #expect(harness.refusal(of: good) == nil) }
        try harness.store.close()
        #expect(harness.refusal(of: good) == nil)
        #expect(harness.refusal(of: ended) == .invalidToken(code: "session_revoked"))
    }

    @Test("The largest account there can be gets a token")
    func largest() async throws {
        let harness = try Harness { $0.issuer = "https://" + String(repeating: "x", count: 100) + ".example" }
        let roles = try Roles(parsing: (0..<16).map { String(repeating: "r", count: 30) + "\($0 + 10)" })
        let name = String(repeating: "\u{1F600}", count: 64)
        _ = try await harness.authenticator.addUser(username: name, password: "correct horse", roles: roles)
        let login = try await harness.authenticator.logIn(username: name, password: "correct horse")
        #expect(try harness.identity(of: login.token).roles == roles.names)
    }

    private func login(_ harness: Harness) async throws -> String {
        _ = try await harness.authenticator.register(username: "vicky", password: "vicky@12345")
        return try await harness.authenticator.logIn(username: "vicky", password: "vicky@12345").token
    }

    private func isInvalid(_ body: () throws(AuthError) -> Identity) -> Bool {
        do throws(AuthError) {
            _ = try body()
            return false
        } catch {
            if case .invalidToken = error { return true }
            return false
        }
    }
}
