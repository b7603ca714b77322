import Authentication
import Bcrypt
import Foundation
import Logging
import Storage
import TestSupport
import Testing
import Threading

@Suite("The audit")
struct AuditTests {
    let log = RecordedLog()
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness(in: TemporaryFolder(), logger: log.logger)
    }

    /// What was written of one event since, the oldest first. Something is written in between, behind which all of it is.
    private func entries(_ event: String) async throws -> [AuditEntry] {
        _ = try await authenticator.makeInvite()
        return try authenticator.findAudit(limit: 1_000).reversed().filter { $0.event == event }
    }

    @Test("Every attempt and every change says who, from where, when, what and with what result", .promise(32))
    func events() async throws {
        let login = try await harness.logIn()
        let id = login.identity.accountID
        try #require(try await entries("register").map(\.result) == ["ok"])
        let row = try #require(try await entries("login").first)
        #expect(row.accountID == id)
        #expect(row.sessionID == login.identity.sessionID)
        #expect(row.result == "ok")
        #expect(row.address == "192.0.2.7")
        #expect(row.requestID == "r1")
        #expect(row.unixSeconds == 1_800_000_000)
        #expect(row.actor == nil)

        _ = try await harness.refresh(login)
        harness.clock.advance(by: .seconds(31))
        await #expect(throws: AuthError.refreshReused) { try await harness.refresh(login) }
        await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(login) }
        #expect(try await entries("refresh").map(\.result) == ["ok", "refresh_reused", "session_revoked"])

        await #expect(throws: AuthError.invalidCredentials) {
            try await authenticator.logIn(username: "vicky", password: "wrong password")
        }
        #expect(try await entries("login").map(\.result) == ["ok", "invalid_credentials"])
        #expect(try await entries("login").last?.accountID == id)

        let other = try await harness.logIn()
        await #expect(throws: AuthError.wrongPassword) {
            try await authenticator.updatePassword(
                of: other.identity, current: "wrong password", to: "correct horse", from: .test)
        }
        try await authenticator.updatePassword(
            of: other.identity, current: Harness.password, to: "correct horse", from: .test)
        #expect(try await entries("password_change").map(\.result) == ["wrong_password", "ok"])
        try await authenticator.setPassword(id: id, to: Harness.password, by: .account(id: "admin's"), from: .test)
        #expect(try await entries("password_reset").map(\.actor) == ["admin's"])
        try await authenticator.updateRoles(id: id, to: Roles(parsing: ["a", "b"]), by: .operator)
        #expect(try await entries("roles_change").map(\.detail) == ["a b"])
        try await authenticator.updateState(id: id, isDisabled: true, by: .operator)
        try await authenticator.updateState(id: id, isDisabled: false, by: .operator)
        #expect(try await entries("account_disable").map(\.actor) == ["operator"])
        #expect(try await entries("account_enable").map(\.accountID) == [id])
        let last = try await authenticator.logIn(username: "vicky", password: Harness.password)
        try await authenticator.logOut(last.identity, scope: .all, from: .test)
        #expect(try await entries("logout").map(\.detail) == ["scope all"])
        let gone = try await authenticator.logIn(username: "vicky", password: Harness.password)
        try await authenticator.revoke(gone.token, from: .test)
        #expect(try await entries("token_revoke").map(\.sessionID) == [gone.identity.sessionID])
        let deleted = try await authenticator.logIn(username: "vicky", password: Harness.password)
        try await authenticator.deleteAccount(of: deleted.identity, password: Harness.password, from: .test)
        #expect(try await entries("account_delete").map(\.accountID) == [id])
        let key = try await authenticator.rotateKey()
        try await authenticator.retireKey(key.id, dropping: true)
        _ = try await authenticator.exportKey(try #require(try authenticator.findKeys().first?.id))
        for event in ["key_drop", "key_export"] { #expect(try await entries(event).count == 1) }
        #expect(try await entries("key_rotate").map(\.actor) == ["schedule", "operator"])
        _ = try await authenticator.addService("shop")
        _ = try authenticator.isService(name: "shop", secret: "x", from: .test)
        try await authenticator.removeService("shop")
        for event in ["service_add", "service_remove"] { #expect(try await entries(event).map(\.detail) == ["shop"]) }
        #expect(try await entries("introspect").map(\.result) == ["invalid_credentials"])
        // The log says the same.
        let logged = log.lines.filter { $0.message == "audit" }
        #expect(logged.count { $0.metadata["event"] == "login" } == (try await entries("login").count))
        #expect(logged.contains { $0.level == .warning && $0.metadata["result"] == "refresh_reused" })
    }

    @Test(
        "Neither a secret nor a name that no account has is written, to the table, to its log or to ours", .promise(88))
    func noSecrets() async throws {
        let canary = "canary-\(UInt64.random(in: .min ... .max))"
        for name in [canary, canary + ":", "vicky"] {
            await #expect(throws: AuthError.invalidCredentials) {
                try await authenticator.logIn(username: name, password: canary + " as a password")
            }
        }
        let login = try await harness.logIn()
        await #expect(throws: AuthError.wrongPassword) {
            try await authenticator.updatePassword(of: login.identity, current: canary, to: canary, from: .test)
        }
        let next = try await harness.refresh(login)
        let cookie = try await harness.logIn(asCookie: true)
        _ = try harness.identity(cookie: cookie.cookie)
        let (invite, reset) = (
            try await authenticator.makeInvite(), try await authenticator.makeReset(named: "vicky")
        )
        let secret = try await authenticator.addService("shop")
        _ = try authenticator.isService(name: canary, secret: secret, from: .test)
        let kept = [
            canary, login.accessToken, login.refreshToken, next.accessToken, next.refreshToken, cookie.cookie, invite,
            reset, secret,
        ].compactMap(\.self)
        let text = log.lines.map { "\($0.message) \($0.metadata)" }.joined(separator: "\n")
        #expect(text.contains("login"))
        _ = try await entries("login")
        for secret in kept {
            #expect(!text.contains(secret))
            for name in try FileManager.default.contentsOfDirectory(atPath: harness.folder.path) {
                let bytes = try Data(contentsOf: URL(filePath: "\(harness.folder.path)/\(name)"))
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
            }
        }
    }

    @Test("Being refused again and again does not fill the table, and the log has it all")
    func flood() async throws {
        let closed = try Harness(in: TemporaryFolder(), logger: log.logger) { $0.registration = .closed }
        func refuse(_ count: Int) async {
            for _ in 0..<count {
                await #expect(throws: AuthError.registrationClosed) {
                    try await closed.authenticator.register(username: "vicky", password: Harness.password)
                }
            }
        }
        func rows() async throws -> Int {
            _ = try await closed.authenticator.makeInvite()
            let last = try #require(try closed.authenticator.findAudit(limit: 1).first?.sequence)
            return Int(last)
        }
        let before = try await rows()
        await refuse(10_500)
        // What waits to be written is bounded as well.
        let written = try await rows() - before - 1
        #expect((1...10_000).contains(written))
        let between = try await rows()
        await refuse(10)
        #expect(try await rows() == between + 1)
        closed.clock.advance(by: .seconds(3))
        await refuse(10)
        #expect(try await rows() == between + 2 + 6)
        #expect(log.lines.count { $0.metadata["result"] == "registration_closed" } == 10_520)
    }

    @Test("What kept us from judging is no attempt that was judged")
    func faults() async throws {
        _ = try await harness.logIn()
        harness.engine.refuse(with: .overloaded(retryAfter: .seconds(1)))
        await #expect(throws: AuthError.overloaded(retryAfter: .seconds(1))) { try await harness.logIn() }
        #expect(try await entries("login").map(\.result) == ["ok"])
    }

    @Test("The audit has pages, and one account's rows")
    func pages() async throws {
        let vicky = try await harness.logIn().identity.accountID
        let carol = try await harness.logIn("carol").identity.accountID
        let all = try authenticator.findAudit()
        let first = try authenticator.findAudit(limit: 2)
        #expect(first + (try authenticator.findAudit(before: first.last?.sequence)) == all)
        #expect(try authenticator.findAudit(account: vicky).allSatisfy { $0.accountID == vicky })
        #expect(try authenticator.findAudit(account: vicky).count == 2)
        #expect(try authenticator.findAudit(account: carol).first?.accountID == carol)
        #expect(try authenticator.findAudit(account: "nonsense") == [])
    }
}

/// What was logged.
final class RecordedLog: Sendable {
    struct Line: Sendable {
        let level: Logger.Level
        let message: String
        let metadata: [String: String]
    }

    private let state = Locked<[Line]>([])

    var lines: [Line] { state.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private func append(_ line: Line) { state.withLock { $0.append(line) } }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        init(log: RecordedLog) { self.log = log }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.append(
                Line(
                    level: event.level, message: "\(event.message)",
                    metadata: (event.metadata ?? [:]).mapValues { "\($0)" }))
        }
    }
}
