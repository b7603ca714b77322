import Authentication
import Storage
import TestSupport
import Testing

@Suite("Changing passwords and deleting accounts")
struct PasswordChangeTests {
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }
    private let new = "correct horse"

    init() throws {
        harness = try Harness()
    }

    private static let revoked = AuthError.invalidToken(code: "session_revoked")

    @Test("Another password keeps the session that asks and ends the others", .promise(14), arguments: [true, false])
    func own(asCookie: Bool) async throws {
        let (this, other) = (try await harness.logIn(asCookie: asCookie), try await harness.logIn())
        let cookie = try await harness.logIn(asCookie: true)
        try await authenticator.updatePassword(
            of: this.identity, current: Harness.password, to: new, from: .test)
        if asCookie {
            _ = try harness.identity(cookie: this.cookie)
        } else {
            #expect(harness.refusal(of: this) == nil)
            _ = try await harness.refresh(this)
        }
        #expect(harness.refusal(of: other) == Self.revoked)
        await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(other) }
        #expect(throws: Self.revoked) { try harness.identity(cookie: cookie.cookie) }
        _ = try await authenticator.logIn(username: "vicky", password: new)
        await #expect(throws: AuthError.invalidCredentials) {
            try await authenticator.logIn(username: "vicky", password: Harness.password)
        }
    }

    @Test(
        "A wrong current password changes nothing, and is not a matter of the token", .promise(14),
        arguments: ["", "vicky@12346", "correct horse", String(repeating: "x", count: 2_000)])
    func wrong(current: String) async throws {
        let (this, other) = (try await harness.logIn(), try await harness.logIn())
        await #expect(throws: AuthError.wrongPassword) {
            try await authenticator.updatePassword(of: this.identity, current: current, to: new, from: .test)
        }
        await #expect(throws: AuthError.wrongPassword) {
            try await authenticator.deleteAccount(of: this.identity, password: current, from: .test)
        }
        #expect(harness.refusal(of: this) == nil)
        #expect(harness.refusal(of: other) == nil)
        _ = try await authenticator.logIn(username: "vicky", password: Harness.password)
    }

    @Test("A new password is judged like a first one, after the old one was", .promise(9))
    func weak() async throws {
        let login = try await harness.logIn()
        await #expect(throws: AuthError.weakPassword([.tooShort])) {
            try await authenticator.updatePassword(
                of: login.identity, current: Harness.password, to: "short", from: .test)
        }
        await #expect(throws: AuthError.weakPassword([.resemblesUsername])) {
            try await authenticator.updatePassword(
                of: login.identity, current: Harness.password, to: "vicky2024", from: .test)
        }
        await #expect(throws: AuthError.malformedPassword) {
            try await authenticator.updatePassword(
                of: login.identity, current: Harness.password, to: "correct\0horse", from: .test)
        }
        _ = try await authenticator.logIn(username: "vicky", password: Harness.password)
    }

    @Test("The operator's password ends every session")
    func byOperator() async throws {
        let (login, cookie) = (try await harness.logIn(), try await harness.logIn(asCookie: true))
        _ = try harness.identity(cookie: cookie.cookie)
        try await authenticator.setPassword(id: login.identity.accountID, to: new, by: .operator)
        #expect(harness.refusal(of: login) == Self.revoked)
        #expect(throws: Self.revoked) { try harness.identity(cookie: cookie.cookie) }
        await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(login) }
        let next = try await authenticator.logIn(username: "vicky", password: new)
        #expect(harness.refusal(of: next) == nil)
    }

    @Test("A code sets another password once, and ends every session when it is made and when it is used")
    func reset() async throws {
        let before = try await harness.logIn()
        let code = try await authenticator.makeReset(named: "VICKY")
        #expect(harness.refusal(of: before) == Self.revoked)
        let between = try await harness.logIn()
        await #expect(throws: AuthError.weakPassword([.resemblesUsername])) {
            try await authenticator.resetPassword(code: code, to: "vicky2024", from: .test)
        }
        #expect(harness.refusal(of: between) == nil)
        try await authenticator.resetPassword(code: code, to: new, from: .test)
        #expect(harness.refusal(of: between) == Self.revoked)
        _ = harness.engine.takeCosts()
        await #expect(throws: AuthError.inviteInvalid) {
            try await authenticator.resetPassword(code: code, to: new, from: .test)
        }
        #expect(harness.engine.takeCosts() == [])
        _ = try await authenticator.logIn(username: "vicky", password: new)
    }

    @Test("A code is good for its lifetime, and only the last one of an account is")
    func resetExpiry() async throws {
        _ = try await harness.logIn()
        let (first, second) = (
            try await authenticator.makeReset(named: "vicky", lifetime: .seconds(60)),
            try await authenticator.makeReset(named: "vicky", lifetime: .seconds(60))
        )
        await #expect(throws: AuthError.inviteInvalid) {
            try await authenticator.resetPassword(code: first, to: new, from: .test)
        }
        harness.clock.advance(by: .seconds(60))
        await #expect(throws: AuthError.inviteInvalid) {
            try await authenticator.resetPassword(code: second, to: new, from: .test)
        }
        let third = try await authenticator.makeReset(named: "vicky", lifetime: .seconds(60))
        harness.clock.advance(by: .seconds(59))
        try await authenticator.resetPassword(code: third, to: new, from: .test)
        await #expect(throws: AuthError.accountMissing) { try await authenticator.makeReset(named: "nobody") }
    }

    @Test("A deleted account is gone but for its name")
    func deletion() async throws {
        let (login, cookie) = (try await harness.logIn(), try await harness.logIn(asCookie: true))
        let stranger = try await harness.logIn("mallory")
        _ = try harness.identity(cookie: cookie.cookie)
        try await authenticator.deleteAccount(of: login.identity, password: Harness.password, from: .test)
        #expect(harness.refusal(of: login) == Self.revoked)
        #expect(throws: Self.revoked) { try harness.identity(cookie: cookie.cookie) }
        await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(login) }
        #expect(throws: AuthError.invalidToken(code: "account_inactive")) {
            try authenticator.findUser(login.identity)
        }
        _ = harness.engine.takeCosts()
        await #expect(throws: AuthError.invalidCredentials) {
            try await authenticator.logIn(username: "vicky", password: Harness.password)
        }
        #expect(harness.engine.takeCosts() == [4])
        await #expect(throws: AuthError.usernameTaken) {
            try await authenticator.register(username: "vicky", password: Harness.password)
        }
        await #expect(throws: AuthError.accountMissing) {
            try await authenticator.setPassword(username: "vicky", to: new)
        }
        await #expect(throws: AuthError.accountMissing) { try await authenticator.makeReset(named: "vicky") }
        await #expect(throws: AuthError.accountMissing) {
            try await authenticator.updateState(id: login.identity.accountID, isDisabled: false, by: .operator)
        }
        #expect(try authenticator.findUser(stranger.identity).username == "mallory")
    }

    @Test("Writing a hash anew is no change of the password")
    func upgrade() async throws {
        let harness = try Harness { $0.bcryptCost = 5 }
        let login = try await harness.logIn()
        let account = try #require(try harness.store.findAccount(canonicalUsername: "vicky"))
        #expect(account.passwordHash.hasPrefix("$2b$05$"))
        let dearer = try harness.sibling { $0.bcryptCost = 6 }
        _ = try await dearer.logIn()
        dearer.authenticator.finishUpgrades()
        let upgraded = try #require(try harness.store.findAccount(canonicalUsername: "vicky"))
        #expect(upgraded.passwordHash.hasPrefix("$2b$06$"))
        #expect(upgraded.passwordVersion == account.passwordVersion)
        #expect(harness.refusal(of: login) == nil)
        _ = try await harness.refresh(login)
    }
}
