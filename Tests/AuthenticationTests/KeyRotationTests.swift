import Authentication
import Foundation
import JWT
import Storage
import TestSupport
import Testing

@Suite("Rotating keys")
struct KeyRotationTests {
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness { $0.keyLead = .seconds(600) }
    }

    private static let secret = "kq8vV3nD0sXz1LrT6bYw9mPf4hGj2cAe"
    private static func signingSecret() throws -> SigningSecret { try SigningSecret(copying: Array(secret.utf8).span) }

    private func keyID(of login: LoggedIn) throws -> String {
        let header = try #require(login.token.split(separator: ".").first)
        let decoded = Base64URL.decode(Array(header.utf8).span)
        let bytes = try #require(decoded)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        return try #require(json["kid"] as? String)
    }

    private func published(_ harness: Harness) throws -> [String] {
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(harness.authenticator.publicKeySet.bytes)) as? [String: Any])
        return try #require(json["keys"] as? [[String: Any]]).compactMap { $0["kid"] as? String }
    }

    @Test(
        "A new key is published, then signs, then the old one is retired, then gone; nobody is turned away",
        .promise(70))
    func life() async throws {
        let first = try await harness.logIn()
        let old = try keyID(of: first)
        let before = authenticator.publicKeySet.entityTag
        let new = try await authenticator.rotateKey()
        #expect(new.phase == .published)
        #expect(authenticator.publicKeySet.entityTag != before)
        #expect(try published(harness) == [old, new.id])
        harness.clock.advance(by: .seconds(599))
        let second = try await harness.logIn()
        #expect(try keyID(of: second) == old)
        harness.clock.advance(by: .seconds(1))
        let third = try await harness.logIn()
        #expect(try keyID(of: third) == new.id)
        #expect(try authenticator.findKeys().map(\.phase) == [.retired, .signing])
        for login in [first, second, third] { #expect(harness.refusal(of: login) == nil) }
        // The last token of the old key.
        harness.clock.advance(by: .seconds(3_598))
        #expect(harness.refusal(of: second) == nil)
        #expect(try published(harness) == [old, new.id])
        harness.clock.advance(by: .seconds(62))
        #expect(try published(harness) == [new.id])
        #expect(harness.refusal(of: second) == .invalidToken(code: "unknown_key"))
        // Gone from the table as well once somebody looks after it.
        let restarted = try harness.sibling()
        #expect(try restarted.authenticator.findKeys().map(\.id) == [new.id])
        #expect(restarted.refusal(of: try await restarted.logIn()) == nil)
    }

    @Test("A process that watches takes over another's new key before it signs")
    func otherProcess() async throws {
        let sibling = try harness.sibling { $0.keyLead = .seconds(600) }
        try sibling.authenticator.startWatching()
        defer { sibling.authenticator.stopWatching() }
        let new = try await authenticator.rotateKey()
        try await eventually { try published(sibling).contains(new.id) }
        harness.clock.advance(by: .seconds(600))
        let login = try await harness.logIn()
        #expect(try keyID(of: login) == new.id)
        #expect(sibling.refusal(of: login) == nil)
        try await authenticator.retireKey(new.id, dropping: true)
        #expect(harness.refusal(of: login) == .invalidToken(code: "unknown_key"))
        try await eventually { sibling.refusal(of: login) == .invalidToken(code: "unknown_key") }
    }

    @Test("An immediate rotation waits no longer than it takes every process to notice")
    func immediately() async throws {
        let old = try keyID(of: try await harness.logIn())
        let new = try await authenticator.rotateKey(immediately: true)
        #expect(try keyID(of: try await harness.logIn()) == old)
        harness.clock.advance(by: .seconds(2))
        #expect(try keyID(of: try await harness.logIn()) == new.id)
    }

    @Test(
        "Retiring the key that signs makes another; its tokens are good unless it is dropped", .promise(70),
        arguments: [true, false])
    func retire(dropping: Bool) async throws {
        let login = try await harness.logIn()
        let old = try keyID(of: login)
        try await authenticator.retireKey(old, dropping: dropping)
        #expect(harness.refusal(of: login) == (dropping ? .invalidToken(code: "unknown_key") : nil))
        harness.clock.advance(by: .seconds(2))
        let next = try await harness.logIn()
        #expect(try keyID(of: next) != old)
        #expect(harness.refusal(of: next) == nil)
        #expect(try authenticator.findKeys().map(\.phase) == (dropping ? [.signing] : [.retired, .signing]))
        await #expect(throws: AuthError.keyMissing) { try await authenticator.retireKey("nonsense") }
        // A refresh token does not depend on the key.
        _ = try await harness.refresh(login)
        #expect(try harness.sibling().refusal(of: next) == nil)
    }

    @Test("A planned key that is taken back never signs")
    func takenBack() async throws {
        let old = try keyID(of: try await harness.logIn())
        let new = try await authenticator.rotateKey()
        try await authenticator.retireKey(new.id)
        harness.clock.advance(by: .seconds(10_000))
        #expect(try keyID(of: try await harness.logIn()) == old)
    }

    @Test("With a schedule whichever process is first makes the next key, and it is one")
    func schedule() async throws {
        func open() throws -> Harness {
            try harness.sibling {
                $0.keyLead = .seconds(600)
                $0.keyRotation = .seconds(86_400)
            }
        }
        let first = try open()
        let login = try await first.logIn()
        let old = try keyID(of: login)
        harness.clock.advance(by: .seconds(85_799))
        #expect(try open().authenticator.findKeys().map(\.id) == [old])
        harness.clock.advance(by: .seconds(1))
        let processes = try await withThrowingTaskGroup(of: Harness.self) { group in
            for _ in 0..<4 { group.addTask { try open() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let keys = try processes[0].authenticator.findKeys()
        #expect(keys.map(\.phase) == [.signing, .published])
        #expect(keys.last?.signsFromUnixSeconds == 1_800_086_400)
        for process in processes { #expect(try process.authenticator.findKeys() == keys) }
        // A process that runs notices on its own.
        try first.authenticator.startWatching()
        defer { first.authenticator.stopWatching() }
        harness.clock.advance(by: .seconds(600))
        #expect(try keyID(of: try await first.logIn()) == keys.last?.id)
        harness.clock.advance(by: .seconds(85_800))
        try await eventually { try first.authenticator.findKeys().last?.signsFromUnixSeconds == 1_800_172_800 }
        #expect(try first.authenticator.findKeys().count == 2)
    }

    @Test(
        "Another algorithm takes over after the lead time, and the tokens of the one before stay good",
        arguments: [SignatureAlgorithm.edDSA, .ps256, .rs256])
    func algorithm(algorithm: SignatureAlgorithm) async throws {
        let login = try await harness.logIn()
        let changed = try harness.sibling {
            $0.keyLead = .seconds(600)
            $0.tokenAlgorithm = algorithm
        }
        #expect(changed.authenticator.tokenAlgorithm == "ES256")
        harness.clock.advance(by: .seconds(600))
        #expect(changed.authenticator.tokenAlgorithm == algorithm.rawValue)
        let next = try await changed.logIn()
        for login in [login, next] { #expect(changed.refusal(of: login) == nil) }
        // Where nothing is set, what signs goes on signing.
        #expect(try harness.sibling().authenticator.tokenAlgorithm == algorithm.rawValue)
    }

    @Test("From a secret to a key pair: both verify, only the pair signs and is published")
    func fromSecret() async throws {
        let folder = try TemporaryFolder()
        let before = try Harness(in: folder) { $0.signingSecret = try? Self.signingSecret() }
        let login = try await before.logIn()
        #expect(before.authenticator.tokenAlgorithm == "HS256")
        await #expect(throws: AuthError.keyUnusable(reason: "tokens are signed with the secret of the settings")) {
            try await before.authenticator.rotateKey()
        }
        let after = try before.sibling {
            $0.signingSecret = try? Self.signingSecret()
            $0.tokenAlgorithm = .es256
        }
        #expect(after.authenticator.tokenAlgorithm == "ES256")
        #expect(after.refusal(of: login) == nil)
        let next = try await after.refresh(login)
        #expect(after.refusal(of: next) == nil)
        #expect(try published(after) == [try keyID(of: next)])
        let without = try before.sibling()
        #expect(without.refusal(of: next) == nil)
        #expect(without.refusal(of: login) == .invalidToken(code: "unknown_key"))
    }

    @Test("HS256 without a secret is no setting")
    func missingSecret() {
        #expect(
            throws: AuthenticatorStartError.settingInvalid(
                name: "jwt.algorithm", reason: "is HS256, which needs a secret")
        ) { try Harness { $0.tokenAlgorithm = .hs256 } }
    }

    @Test("A longer lifetime of tokens keeps the keys longer")
    func longerLifetime() async throws {
        let old = try keyID(of: try await harness.logIn())
        let longer = try harness.sibling {
            $0.keyLead = .seconds(600)
            $0.accessTokenLifetime = .seconds(7_200)
        }
        let login = try await longer.logIn()
        #expect(try keyID(of: login) == old)
        _ = try await longer.authenticator.rotateKey(immediately: true)
        harness.clock.advance(by: .seconds(7_199))
        #expect(longer.refusal(of: login) == nil)
    }

    @Test(
        "A key goes out and comes in again, and signs for another instance",
        arguments: [SignatureAlgorithm.es256, .edDSA, .ps256])
    func exportAndImport(algorithm: SignatureAlgorithm) async throws {
        let source = try Harness { $0.tokenAlgorithm = algorithm }
        let id = try #require(try source.authenticator.findKeys().first?.id)
        let pem = try await source.authenticator.exportKey(id)
        #expect(String(decoding: pem, as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        let imported = try await authenticator.importKey(pem, algorithm: algorithm, immediately: true)
        #expect(imported.id == id)
        #expect(imported.phase == .published)
        harness.clock.advance(by: .seconds(2))
        #expect(try keyID(of: try await harness.logIn()) == id)
        await #expect(throws: AuthError.keyExists) {
            try await authenticator.importKey(pem, algorithm: algorithm)
        }
        let published = String(decoding: try authenticator.exportPublicKey(id), as: UTF8.self)
        #expect(published.contains(id))
        #expect(!published.contains(#""d""#))
        await #expect(throws: AuthError.keyMissing) { try await authenticator.exportKey("nonsense") }
        #expect(throws: AuthError.keyMissing) { try authenticator.exportPublicKey("nonsense") }
    }

    @Test("What is no key is not taken", arguments: ["", "x", "{", "{}", #"{"kty":"oct","k":"AAAA"}"#])
    func unusable(text: String) async throws {
        await #expect { try await authenticator.importKey(Array(text.utf8)) } throws: {
            ($0 as? AuthError)?.code == "key_unusable"
        }
        #expect(try authenticator.findKeys().count == 1)
    }

    @Test("A key of another algorithm than the setting's is not taken")
    func otherAlgorithm() async throws {
        let strict = try Harness { $0.tokenAlgorithm = .es256 }
        let reason = "the setting jwt.algorithm asks for ES256"
        await #expect(throws: AuthError.keyUnusable(reason: reason)) {
            try await strict.authenticator.rotateKey(algorithm: .edDSA)
        }
        await #expect(throws: AuthError.keyUnusable(reason: "a secret for HS256 comes from outside")) {
            try await authenticator.rotateKey(algorithm: .hs256)
        }
    }
}
