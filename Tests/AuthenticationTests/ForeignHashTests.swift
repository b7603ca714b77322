import Authentication
import Foundation
import JWT
import Storage
import Testing

/// Accounts that came with a hash of another program: their first login, and what comes after it.
@Suite("Imported hashes") struct ForeignHashTests {
    private static let cost = 5
    private static let password = "vicky@12345"
    /// Of that password, by htpasswd.
    private static let sha1 = "{SHA}jUH61u3H/a9e0ktXk8MwBqU1I44="

    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness { $0.bcryptCost = Self.cost }
    }

    @Test("A foreign hash is verified once and replaced by bcrypt; others' passwords change nothing")
    func first() async throws {
        #expect(try await take("vicky", Self.sha1) == .inserted)
        for wrong in ["vicky@12346", "Vicky@12345", "vicky@1234", ""] {
            await #expect(throws: AuthError.invalidCredentials) { try await logIn("vicky", wrong) }
        }
        authenticator.finishUpgrades()
        #expect(try stored("vicky").passwordHash == Self.sha1)
        try await logIn("vicky")
        authenticator.finishUpgrades()
        #expect(try stored("vicky").passwordHash.hasPrefix("$2b$05$"))
        try await logIn("vicky")
        await #expect(throws: AuthError.invalidCredentials) { try await logIn("vicky", "vicky@12346") }
    }

    @Test("A cheap foreign hash costs the bcrypt of an unknown name as well, so that no quick answer tells of it")
    func work() async throws {
        #expect(try await take("vicky", Self.sha1) == .inserted)
        _ = harness.engine.takeCosts()
        for name in ["vicky", "nobody"] {
            await #expect(throws: AuthError.invalidCredentials) { try await logIn(name, "another long one") }
            #expect(harness.engine.takeCosts() == [Self.cost])
        }
    }

    @Test("A disabled account with a foreign hash is refused as others are, and keeps it")
    func disabled() async throws {
        #expect(try await take("vicky", Self.sha1, isDisabled: true) == .inserted)
        await #expect(throws: AuthError.invalidCredentials) { try await logIn("vicky") }
        authenticator.finishUpgrades()
        #expect(try stored("vicky").passwordHash == Self.sha1)
    }

    @Test("A changed password has no foreign hash any more")
    func changed() async throws {
        #expect(try await take("vicky", Self.sha1) == .inserted)
        let login = try await authenticator.logIn(username: "vicky", password: Self.password, from: .test)
        try await authenticator.updatePassword(
            of: try harness.identity(of: login.token), current: Self.password, to: "another long one", from: .test)
        authenticator.finishUpgrades()
        #expect(try stored("vicky").passwordHash.hasPrefix("$2b$05$"))
        await #expect(throws: AuthError.invalidCredentials) { try await logIn("vicky") }
        try await logIn("vicky", "another long one")
    }

    @Test("A stored hash beyond the limits is our fault, and takes no work")
    func planted() async throws {
        let account = Account(
            id: .random(), username: "vicky", canonicalUsername: "vicky",
            passwordHash: "$pbkdf2-sha256$999999999$c2FsdHNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Njc4OTA", createdUnixSeconds: 1,
            updatedUnixSeconds: 1)
        try await harness.store.insertAccount(account)
        let cause =
            "a stored password hash is a hash of pbkdf2-sha256 that takes more memory or work than is allowed"
        await #expect(throws: AuthError.fault(cause: cause)) { try await logIn("vicky") }
    }

    @Test("An import is all of a batch; an account that is there decides by its hash")
    func outcomes() async throws {
        let users = try [user("anna"), user("bert"), user("ANNA"), user("anna", Self.sha1)]
        #expect(try authenticator.judgeImport(of: users) == [.inserted, .inserted, .inserted, .inserted])
        #expect(
            try await authenticator.importUsers(users) == [.inserted, .inserted, .unchanged, .different])
        #expect(try await authenticator.importUsers(users) == [.unchanged, .unchanged, .unchanged, .different])
        let taken = MovedUser(
            username: try Username(parsing: "new"), hash: try StoredHash(parsing: Self.sha1), id: try stored("anna").id)
        #expect(try await authenticator.importUsers([taken]) == [.idTaken])
        #expect(try harness.store.findAccount(canonicalUsername: "new") == nil)
    }

    @Test("A bcrypt hash that was spelled for Apache is the same hash")
    func spelling() async throws {
        #expect(try await authenticator.importUsers([user("anna")]) == [.inserted])
        let spelled = try user("anna", "$2y" + Self.bcrypt.dropFirst(3))
        #expect(try await authenticator.importUsers([spelled]) == [.unchanged])
        let older = try user("anna", "$2a" + Self.bcrypt.dropFirst(3))
        #expect(try await authenticator.importUsers([older]) == [.different])
    }

    @Test("Replacing changes hash, roles and state, and ends sessions")
    func replacing() async throws {
        let login = try await harness.logIn()
        let before = try stored("vicky")
        let new = MovedUser(
            username: try Username(parsing: "VICKY"), hash: try StoredHash(parsing: Self.bcrypt),
            roles: try Roles(parsing: ["editor"]))
        #expect(try await authenticator.importUsers([new]) == [.different])
        #expect(try stored("vicky") == before)
        #expect(try await authenticator.importUsers([new], isReplacing: true) == [.replaced])
        let after = try stored("vicky")
        #expect(after.passwordHash == Self.bcrypt && after.roles == ["editor"] && after.id == before.id)
        #expect(after.passwordVersion == before.passwordVersion + 1 && after.epoch > before.epoch)
        await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(login) }
        let entries = try authenticator.findAudit(limit: 10).filter { $0.event == "account_import" }
        #expect(entries.map(\.accountID) == [before.id.text] && entries.map(\.detail) == ["bcrypt"])
    }

    @Test("An export has what an import takes, and no deleted account")
    func export() async throws {
        let users = try [user("anna"), user("bert", Self.sha1), user("gone")]
        #expect(try await authenticator.importUsers(users) == [.inserted, .inserted, .inserted])
        try await authenticator.deleteUser(id: stored("gone").id.text, by: .operator)
        let page = try authenticator.exportUsers()
        #expect(page.users.map(\.username.shown) == ["anna", "bert"])
        #expect(page.users.map(\.hash.text) == [Self.bcrypt, Self.sha1])
        let next = try authenticator.exportUsers(after: page.next)
        #expect(next.users.isEmpty && next.next == nil)
        let other = try Harness()
        #expect(try await other.authenticator.importUsers(page.users) == [.inserted, .inserted])
        #expect(try other.authenticator.exportUsers().users.map(\.id) == page.users.map(\.id))
    }

    // MARK: Helpers

    private static let bcrypt = "$2b$04$V.oBK/i2HCSKuKia7VyfPetsXt8Ta7xfhROvCGuEdhIsg4NjlLVHG"

    private func user(_ name: String, _ hash: some StringProtocol = bcrypt) throws -> MovedUser {
        MovedUser(username: try Username(parsing: name), hash: try StoredHash(parsing: String(hash)))
    }

    private func take(_ name: String, _ hash: String, isDisabled: Bool = false) async throws -> ImportOutcome? {
        let user = MovedUser(
            username: try Username(parsing: name), hash: try StoredHash(parsing: hash), isDisabled: isDisabled)
        return try await authenticator.importUsers([user]).first
    }

    private func logIn(_ name: String, _ password: String = password) async throws {
        _ = try await authenticator.logIn(username: name, password: password)
    }

    private func stored(_ name: String) throws -> Account {
        try #require(try harness.store.findAccount(canonicalUsername: name))
    }
}
