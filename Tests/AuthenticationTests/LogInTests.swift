import Authentication
import Bcrypt
import Storage
import TestSupport
import Testing

@Suite("Logging in")
struct LogInTests {
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness()
    }

    @Test("The right password gives a token that speaks for the account")
    func success() async throws {
        let user = try await authenticator.register(username: "vicky", password: "vicky@12345")
        let login = try await authenticator.logIn(username: "vicky", password: "vicky@12345")
        #expect(login.lifetime == .seconds(3_600))
        let identity = try harness.identity(of: login.token)
        #expect(identity == login.identity)
        #expect(identity.accountID == user.id)
        #expect(identity.username == "vicky")
        #expect(identity.authenticatedUnixSeconds == 1_800_000_000)
        #expect(identity.expiryUnixSeconds == 1_800_003_600)
    }

    @Test("Each login is a session of its own", .promise(31))
    func sessions() async throws {
        _ = try await authenticator.register(username: "vicky", password: "vicky@12345")
        let first = try await authenticator.logIn(username: "vicky", password: "vicky@12345").identity
        let second = try await authenticator.logIn(username: "vicky", password: "vicky@12345").identity
        #expect(first.sessionID != nil)
        #expect(first.sessionID != second.sessionID)
        #expect(first.tokenID != second.tokenID)
    }

    @Test("Unknown name, wrong password and disabled account give one answer for the same work", .promise(22, 23))
    func sameAnswer() async throws {
        _ = try await authenticator.register(username: "vicky", password: "vicky@12345")
        let disabled = try await authenticator.register(username: "gone", password: "vicky@12345")
        let id = try #require(AccountID(parsing: disabled.id))
        let limits = SessionLimits(
            idleSeconds: 60, absoluteSeconds: 60, graceSeconds: 1, perAccount: 1, accessTokenSeconds: 60)
        _ = try await harness.store.updateState(id, to: .disabled, limits: limits, now: 0)
        _ = harness.engine.takeCosts()
        for (name, password) in [
            ("nobody", "vicky@12345"), ("vicky", "wrong password"), ("gone", "vicky@12345"), ("gone", "wrong password"),
            ("nobody", ""), ("vicky", ""), ("a:b", "vicky@12345"), ("", ""), ("vicky", " vicky@12345"),
            ("vicky", "Vicky@12345"), ("vicky", "vicky@12345 "),
        ] {
            await #expect(throws: AuthError.invalidCredentials) {
                try await authenticator.logIn(username: name, password: password)
            }
            #expect(harness.engine.takeCosts() == [4])
        }
        _ = try await authenticator.logIn(username: "vicky", password: "vicky@12345")
        #expect(harness.engine.takeCosts() == [4])
    }

    @Test("A cheaper hash is padded to the work of the configured cost", .promise(23))
    func padded() async throws {
        let harness = try Harness { $0.bcryptCost = 6 }
        let cheap = try Bcrypt.hash("vicky@12345".utf8.span, cost: BcryptCost(insecure: 4))
        try await insert("old", hash: cheap.description, into: harness.store)
        for (name, password) in [("old", "wrong password"), ("nobody", "wrong password")] {
            await #expect(throws: AuthError.invalidCredentials) {
                try await harness.authenticator.logIn(username: name, password: password)
            }
        }
        _ = try await harness.authenticator.logIn(username: "old", password: "vicky@12345")
        // The last one is the upgrade, which comes after its login whenever it likes.
        harness.authenticator.finishUpgrades()
        #expect(harness.engine.takeCosts() == [6, 6, 6, 6])
    }

    @Test("No default account exists", .promise(20), arguments: ["admin", "root", "test", "guest", "gatelodge"])
    func noDefaults(name: String) async throws {
        for password in [name, "", "password", "admin", "changeme"] {
            await #expect(throws: AuthError.invalidCredentials) {
                try await authenticator.logIn(username: name, password: password)
            }
        }
        #expect(try authenticator.findUsers() == [])
    }

    @Test(
        "Not a byte of a password is ignored", .promise(3),
        arguments: [8, 55, 56, 71, 72, 73, 127, 128, 255, 256, 1_023])
    func noTruncation(length: Int) async throws {
        let stem = String(String(repeating: "kzqwvxpm", count: 128).prefix(length))
        _ = try await authenticator.register(username: "vicky", password: stem + "a")
        for wrong in [stem + "b", stem, stem + "A", "q" + stem.dropFirst() + "a"] {
            await #expect(throws: AuthError.invalidCredentials) {
                try await authenticator.logIn(username: "vicky", password: wrong)
            }
        }
        _ = try await authenticator.logIn(username: "vicky", password: stem + "a")
    }

    @Test(
        "Passwords of every script are usable, however the keyboard composes them", .promise(2, 7),
        arguments: [
            ("caf\u{E9} au lait", "cafe\u{301} au lait"),
            ("\u{1E69}\u{1E69}\u{1E69}\u{1E69}-xyz", "s\u{323}\u{307}\u{1E69}s\u{307}\u{323}\u{1E69}-xyz"),
            (String(repeating: "\u{1F600}", count: 64), String(repeating: "\u{1F600}", count: 64)),
            (String(repeating: "x", count: 64), String(repeating: "x", count: 64)),
            ("  spaces around  ", "  spaces around  "), ("한국어 비밀번호", "한국어 비밀번호"),
        ])
    func scripts(registered: String, typed: String) async throws {
        _ = try await authenticator.register(username: "vicky", password: registered)
        _ = try await authenticator.logIn(username: "vicky", password: typed)
        await #expect(throws: AuthError.invalidCredentials) {
            try await authenticator.logIn(username: "vicky", password: typed + "x")
        }
    }

    @Test(
        "What is no password is refused without work, for known and unknown names alike", .promise(4, 23),
        arguments: ["vicky", "nobody"])
    func malformed(name: String) async throws {
        _ = try await authenticator.register(username: "vicky", password: "vicky@12345")
        _ = harness.engine.takeCosts()
        await #expect(throws: AuthError.malformedPassword) {
            try await authenticator.logIn(username: name, password: "vicky@12345\0")
        }
        #expect(harness.engine.takeCosts() == [])
        // Too long for any account is the same answer as wrong, after the same work.
        await #expect(throws: AuthError.invalidCredentials) {
            try await authenticator.logIn(username: name, password: String(repeating: "x", count: 1 << 20))
        }
        #expect(harness.engine.takeCosts() == [4])
    }

    @Test(
        "Names from an attacker's list reach no account", .promise(18),
        arguments: [
            "' OR '1'='1", "vicky'--", "vick%", "vick_", "*", "\u{202E}ykciv", "vicky\u{200B}", "vicky\0", "vicky\n",
            "vickу",
        ])
    func hostileNames(name: String) async throws {
        _ = try await authenticator.register(username: "vicky", password: "vicky@12345")
        await #expect(throws: AuthError.invalidCredentials) {
            try await authenticator.logIn(username: name, password: "vicky@12345")
        }
        _ = try await authenticator.logIn(username: "vicky", password: "vicky@12345")
    }

    @Test("Hashes that others wrote verify", arguments: ["$2a$", "$2y$"])
    func foreignHashes(scheme: String) async throws {
        let ours = try Bcrypt.hash("vicky@12345".utf8.span, cost: BcryptCost(insecure: 4)).description
        try await insert("vicky", hash: scheme + ours.dropFirst(4), into: harness.store)
        _ = try await authenticator.logIn(username: "vicky", password: "vicky@12345")
        await #expect(throws: AuthError.invalidCredentials) {
            try await authenticator.logIn(username: "vicky", password: "vicky@12346")
        }
    }

    @Test("A stored hash that cannot be read is our fault, not the visitor's")
    func unreadableHash() async throws {
        try await insert("broken", hash: "plain", into: harness.store)
        let unknown = "a stored password hash is no hash of a known kind (passwords in plain text are not taken)"
        await #expect(throws: AuthError.fault(cause: unknown)) {
            try await authenticator.logIn(username: "broken", password: "vicky@12345")
        }
        let refused = "$2x$04$abcdefghijklmnopqrstuuOPgD9OqKCm5u6Rn1Z6vL7u3E0GqW6cC"
        try await insert("old", hash: refused, into: harness.store)
        let scheme = "a stored password hash is a bcrypt hash of the kind $2x$, which is refused"
        await #expect(throws: AuthError.fault(cause: scheme)) {
            try await authenticator.logIn(username: "old", password: "vicky@12345")
        }
        let dear = "$2b$31$abcdefghijklmnopqrstuuOPgD9OqKCm5u6Rn1Z6vL7u3E0GqW6cC"
        try await insert("dear", hash: dear, into: harness.store)
        let cost = "a stored password hash is a bcrypt hash of cost 31, above the limit of 16"
        await #expect(throws: AuthError.fault(cause: cost)) {
            try await authenticator.logIn(username: "dear", password: "vicky@12345")
        }
    }

    @Test(
        "A database that cannot answer is never a wrong password, whether or not attempts are counted", .promise(87),
        arguments: [true, false])
    func unavailableDatabase(isThrottling: Bool) async throws {
        let harness = try Harness { $0.isThrottling = isThrottling }
        _ = try await harness.logIn()
        try harness.store.close()
        for name in ["vicky", "nobody"] {
            await #expect {
                try await harness.authenticator.logIn(username: name, password: Harness.password)
            } throws: {
                ($0 as? AuthError)?.code == "unavailable"
            }
        }
    }

    @Test("What keeps us from judging is never a wrong password", .promise(87))
    func unavailable() async throws {
        _ = try await authenticator.register(username: "vicky", password: "vicky@12345")
        harness.engine.refuse(with: .overloaded(retryAfter: .seconds(2)))
        for name in ["vicky", "nobody"] {
            await #expect(throws: AuthError.overloaded(retryAfter: .seconds(2))) {
                try await authenticator.logIn(username: name, password: "wrong password")
            }
        }
        harness.engine.refuse(with: .cancelled)
        await #expect(throws: AuthError.cancelled) {
            try await authenticator.logIn(username: "vicky", password: "wrong password")
        }
        harness.engine.refuse(with: nil)
        let token = try await authenticator.logIn(username: "vicky", password: "vicky@12345").token
        try harness.store.close()
        await #expect {
            try await authenticator.logIn(username: "vicky", password: "vicky@12345")
        } throws: { error in
            if case AuthError.unavailable = error { true } else { false }
        }
        #expect(try harness.identity(of: token).username == "vicky")
    }

    @Test("Neither a login nor what it was asked with prints a secret")
    func redacted() async throws {
        _ = try await authenticator.register(username: "vicky", password: "canary@12345")
        let login = try await authenticator.logIn(username: "vicky", password: "canary@12345")
        var text = "\(login) \(String(reflecting: login))"
        dump(login, to: &text)
        #expect(!text.contains(login.token))
        #expect(!text.contains(login.token.split(separator: ".")[2]))
    }

    private func insert(_ name: String, hash: String, into store: Store) async throws {
        try await store.insertAccount(
            Account(
                id: .random(), username: name, canonicalUsername: name, passwordHash: hash, createdUnixSeconds: 0,
                updatedUnixSeconds: 0))
    }
}
