import Authentication
import Storage
import TestSupport
import Testing

@Suite("Starting an authenticator")
struct AuthenticatorStartTests {
    @Test("Secrets below 32 bytes are refused with their length", .promise(47), arguments: [0, 1, 16, 31])
    func shortSecret(count: Int) {
        let bytes = Array("kq8vV3nD0sXz1LrT6bYw9mPf4hGj2cAe".utf8.prefix(count))
        #expect(throws: AuthenticatorStartError.secretTooShort(bytes: count, minimum: 32)) {
            try SigningSecret(copying: bytes.span)
        }
    }

    @Test(
        "Long secrets that one can guess are refused", .promise(47),
        arguments: [
            String(repeating: "\0", count: 32), String(repeating: "a", count: 64), String(repeating: "ab", count: 20),
            String(repeating: "changeme", count: 4), String(repeating: "secret1", count: 9),
            String(repeating: "1234", count: 8) + "12",
            "a-string-secret-at-least-256-bits-long",
        ])
    func guessableSecret(text: String) {
        #expect(throws: AuthenticatorStartError.secretGuessable) { try SigningSecret(copying: Array(text.utf8).span) }
    }

    @Test(
        "Random secrets of any alphabet are taken",
        arguments: [
            "kq8vV3nD0sXz1LrT6bYw9mPf4hGj2cAe", "83920174650918273645546372819001",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "correct horse battery staple and more words",
        ])
    func goodSecret(text: String) throws {
        let secret = try SigningSecret(copying: Array(text.utf8).span)
        _ = try Harness { $0.signingSecret = secret }
        #expect("\(secret)" == "<redacted>")
    }

    @Test(
        "The cost is judged, and a cheap one needs to be allowed",
        arguments: [(9, false), (4, false), (3, true), (17, true), (17, false)])
    func cost(cost: Int, isInsecureAllowed: Bool) throws {
        #expect(throws: AuthenticatorStartError.bcryptCostOutOfRange(cost)) {
            try Harness {
                $0.bcryptCost = cost
                $0.allowsInsecureBcryptCost = isInsecureAllowed
            }
        }
        _ = try Harness {
            $0.bcryptCost = 10
            $0.allowsInsecureBcryptCost = false
        }
    }

    @Test("Settings that make no token possible are refused by name")
    func settings() {
        #expect(throws: AuthenticatorStartError.settingInvalid(name: "jwt.issuer", reason: "is empty")) {
            try Harness { $0.issuer = "" }
        }
        #expect(throws: AuthenticatorStartError.settingInvalid(name: "jwt.lifetime", reason: "is below one second")) {
            try Harness { $0.accessTokenLifetime = .zero }
        }
    }

    @Test("A signing key that cannot be read stops the start instead of being replaced")
    func unreadableKey() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(path: folder.database, logger: silent)
        try await store.insertSigningKey(
            StoredSigningKey(kid: "k", algorithm: "ES256", privateKey: [1, 2, 3], createdUnixSeconds: 0))
        #expect(throws: AuthenticatorStartError.storedKeyUnusable(kid: "k")) { try Harness(in: folder) }
        #expect(try store.findSigningKeys().count == 1)
    }

    @Test("A database that cannot be opened is told in one line")
    func missingFolder() throws {
        let folder = try TemporaryFolder()
        let cause = "the folder \(folder.path)/missing for the database does not exist"
        #expect(throws: AuthenticatorStartError.storage(cause: cause)) {
            try Authenticator(
                databasePath: folder.path + "/missing/gatelodge.sqlite", settings: AuthenticationSettings(),
                hashingThreads: 1, hashingTimeLimit: .seconds(1),
                logger: silent)
        }
    }
}
