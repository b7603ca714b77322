import Authentication
import Bcrypt
import Storage
import TestSupport
import Testing

/// Hashes that others wrote or that are cheaper become ours at a login.
@Suite("Upgrading hashes")
struct UpgradeTests {
    /// The harness's cost; old hashes have cost 4, so that jobs for new ones can be told apart.
    private static let cost = 5
    private static let password = "vicky@12345"

    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness { $0.bcryptCost = Self.cost }
    }

    static let oldHashes = [("$2b$", 4), ("$2a$", 4), ("$2y$", 4), ("$2a$", 5), ("$2y$", 5), ("$2a$", 6)]

    @Test(
        "Hash upgraded at login when cost/scheme is older: the old password still works, others do not", .promise(12),
        arguments: oldHashes)
    func row12(scheme: String, cost: Int) async throws {
        let account = try await insert("vicky", hash: hash(scheme: scheme, cost: cost))
        try await logIn("vicky")
        authenticator.finishUpgrades()
        let upgraded = try stored("vicky")
        #expect(upgraded.passwordHash.hasPrefix("$2b$05$"))
        #expect(upgraded.passwordHash.suffix(53) != account.passwordHash.suffix(53))
        // Nothing else has changed.
        #expect(upgraded == account.with(passwordHash: upgraded.passwordHash))
        try await logIn("vicky")
        for wrong in ["vicky@12346", "Vicky@12345", "vicky@1234", "vicky@123456", ""] {
            await #expect(throws: AuthError.invalidCredentials) { try await logIn("vicky", wrong) }
        }
        authenticator.finishUpgrades()
        #expect(try stored("vicky") == upgraded)
    }

    @Test("A hash as we write it stays", arguments: [("$2b$", 5), ("$2b$", 6)])
    func upToDate(scheme: String, cost: Int) async throws {
        let account = try await insert("vicky", hash: hash(scheme: scheme, cost: cost))
        try await logIn("vicky")
        authenticator.finishUpgrades()
        #expect(try stored("vicky") == account)
        #expect(harness.engine.takeCosts() == [cost])
    }

    @Test("A wrong password and a disabled account upgrade nothing", .promise(12))
    func refused() async throws {
        let account = try await insert("vicky", hash: hash())
        let disabled = try await insert("gone", hash: hash(), state: .disabled)
        for (name, password) in [("vicky", "wrong password"), ("gone", Self.password), ("gone", "wrong password")] {
            await #expect(throws: AuthError.invalidCredentials) { try await logIn(name, password) }
        }
        authenticator.finishUpgrades()
        #expect(harness.engine.takeCosts() == [5, 5, 5])
        #expect(try stored("vicky") == account)
        #expect(try stored("gone") == disabled)
        try await logIn("vicky")
        authenticator.finishUpgrades()
        #expect(try stored("vicky") != account)
    }

    @Test("A password change while the upgrade is under way wins")
    func race() async throws {
        let account = try await insert("vicky", hash: hash())
        harness.engine.hold(cost: Self.cost)
        // That this returns shows that a login does not wait for its upgrade.
        try await logIn("vicky")
        let changed = try Bcrypt.hash("another long one".utf8.span, cost: BcryptCost(insecure: 4)).description
        let limits = SessionLimits(
            idleSeconds: 60, absoluteSeconds: 60, graceSeconds: 1, perAccount: 1, accessTokenSeconds: 60)
        _ = try await harness.store.updatePassword(account.id, to: changed, ending: .all, limits: limits, now: 1)
        harness.engine.release()
        authenticator.finishUpgrades()
        #expect(try stored("vicky").passwordHash == changed)
        await #expect(throws: AuthError.invalidCredentials) { try await logIn("vicky") }
        try await logIn("vicky", "another long one")
        authenticator.finishUpgrades()
        #expect(try stored("vicky").passwordHash.hasPrefix("$2b$05$"))
    }

    @Test("Where hashing is overloaded the login is fine, and a later one upgrades")
    func overloaded() async throws {
        let account = try await insert("vicky", hash: hash())
        harness.engine.refuse(cost: Self.cost, with: .overloaded(retryAfter: .seconds(1)))
        try await logIn("vicky")
        authenticator.finishUpgrades()
        #expect(try stored("vicky") == account)
        harness.engine.refuse(with: nil)
        try await logIn("vicky")
        authenticator.finishUpgrades()
        #expect(try stored("vicky").passwordHash.hasPrefix("$2b$05$"))
    }

    @Test("Eight upgrades may wait, none twice, and who comes then is upgraded at a later login")
    func bounded() async throws {
        let names = (1...12).map { "user\($0)" }
        for name in names { _ = try await insert(name, hash: hash()) }
        harness.engine.hold(cost: Self.cost)
        for name in ["user1", "user1", "user2", "user2"] + names { try await logIn(name) }
        _ = harness.engine.takeCosts()
        harness.engine.release()
        authenticator.finishUpgrades()
        #expect(harness.engine.takeCosts().count <= 8)
        #expect(try names.filter { try stored($0).passwordHash.hasPrefix("$2b$05$") } == Array(names.prefix(8)))
        for name in names { try await logIn(name) }
        authenticator.finishUpgrades()
        #expect(try names.allSatisfy { try stored($0).passwordHash.hasPrefix("$2b$05$") })
    }

    @Test("A database that cannot write leaves the account as it was")
    func failingWrite() async throws {
        let account = try await insert("vicky", hash: hash())
        harness.engine.hold(cost: Self.cost)
        try await logIn("vicky")
        try harness.store.close()
        harness.engine.release()
        authenticator.finishUpgrades()
        let again = try Harness(in: harness.folder) { $0.bcryptCost = Self.cost }
        #expect(try again.store.findAccount(canonicalUsername: "vicky") == account)
        _ = try await again.authenticator.logIn(username: "vicky", password: Self.password)
        again.authenticator.finishUpgrades()
        #expect(try again.store.findAccount(canonicalUsername: "vicky") != account)
    }

    @Test("A stop gives up what waits, and logins go on without upgrades")
    func stop() async throws {
        let names = (1...3).map { "user\($0)" }
        for name in names { _ = try await insert(name, hash: hash()) }
        harness.engine.hold(cost: Self.cost)
        for name in names { try await logIn(name) }
        authenticator.stopUpgrades()
        for name in names { try await logIn(name) }
        authenticator.stopUpgrades()
        authenticator.finishUpgrades()
        #expect(try names.allSatisfy { try stored($0).passwordHash.hasPrefix("$2a$04$") })
    }

    @Test("Upgrades stay off Swift's global pool")
    func place() async throws {
        for name in ["one", "two", "three"] {
            _ = try await insert(name, hash: hash())
            try await logIn(name)
        }
        // The logins came from this test, which has no executor of its own.
        authenticator.finishUpgrades()
        #expect(harness.engine.takeCosts().count == 6)
        #expect(harness.engine.strayCount == 3)
    }

    @Test("What a hash of 72 bytes does not know is not made part of the password", arguments: ["$2a$", "$2y$"])
    func cutOff(scheme: String) async throws {
        let owner = String(repeating: "p", count: 72) + " and the owner's ending"
        for (count, typed) in [72, 73, 94].enumerated() {
            let account = try await insert("user\(count)", hash: hash(owner, scheme: scheme))
            try await logIn("user\(count)", owner.prefix(72) + String(repeating: "x", count: typed - 72))
            try await logIn("user\(count)", owner)
            authenticator.finishUpgrades()
            #expect(try stored("user\(count)") == account)
            try await logIn("user\(count)", owner)
        }
        let whole = String(repeating: "p", count: 71)
        _ = try await insert("whole", hash: hash(whole, scheme: scheme))
        try await logIn("whole", whole)
        authenticator.finishUpgrades()
        #expect(try stored("whole").passwordHash.hasPrefix("$2b$05$"))
        try await logIn("whole", whole)
        await #expect(throws: AuthError.invalidCredentials) { try await logIn("whole", whole + "x") }
    }

    @Test("A long password of a cheaper hash keeps its scheme and its last byte")
    func long() async throws {
        let long = String(repeating: "p", count: 100)
        let old = try Bcrypt.hash(long.utf8.span, cost: BcryptCost(insecure: 4)).description
        _ = try await insert("vicky", hash: old)
        try await logIn("vicky", long)
        authenticator.finishUpgrades()
        #expect(try stored("vicky").passwordHash.hasPrefix("$bcrypt-sha256$v=2,t=2b,r=5$"))
        try await logIn("vicky", long)
        await #expect(throws: AuthError.invalidCredentials) { try await logIn("vicky", long.dropLast() + "q") }
    }

    // MARK: Helpers

    private func logIn(_ name: String, _ password: String = password) async throws {
        _ = try await authenticator.logIn(username: name, password: password)
    }

    private func stored(_ name: String) throws -> Account {
        try #require(try harness.store.findAccount(canonicalUsername: name))
    }

    /// As other programs write it: the first 72 bytes.
    private func hash(_ password: String = password, scheme: String = "$2a$", cost: Int = 4) throws -> String {
        let bytes = Array(password.utf8.prefix(72))
        return scheme + (try Bcrypt.hash(bytes.span, cost: BcryptCost(insecure: cost)).description.dropFirst(4))
    }

    private func insert(_ name: String, hash: String, state: Account.State = .active) async throws -> Account {
        let account = Account(
            id: .random(), username: name, canonicalUsername: name, passwordHash: hash, roles: ["admin"], state: state,
            createdUnixSeconds: 1, updatedUnixSeconds: 2)
        try await harness.store.insertAccount(account)
        return account
    }
}

extension Account {
    fileprivate func with(passwordHash: String) -> Account {
        Account(
            id: id, username: username, canonicalUsername: canonicalUsername, passwordHash: passwordHash, roles: roles,
            state: state, createdUnixSeconds: createdUnixSeconds, updatedUnixSeconds: updatedUnixSeconds)
    }
}
