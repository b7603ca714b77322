import Authentication
import TestSupport
import Testing

@Suite("Sessions")
struct SessionsTests {
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness()
    }

    private static let revoked = AuthError.invalidToken(code: "session_revoked")

    @Test(
        "When a logout has returned, the access tokens and the refresh token of its scope are refused, and no others",
        .promise(65),
        arguments: LogoutScope.allCases, [true, false])
    func logOut(scope: LogoutScope, byRefreshToken: Bool) async throws {
        let stranger = try await harness.logIn("mallory")
        let other = try await harness.logIn()
        let first = try await harness.logIn()
        let this = try await harness.refresh(first)
        if byRefreshToken {
            try await authenticator.logOut(refreshToken: this.refreshToken ?? "", scope: scope, from: .test)
        } else {
            try await authenticator.logOut(this.identity, scope: scope, from: .test)
        }
        let (endsThis, endsOthers) = (scope != .others, scope != .this)
        for token in [first, this] { #expect(harness.refusal(of: token) == (endsThis ? Self.revoked : nil)) }
        #expect(harness.refusal(of: other) == (endsOthers ? Self.revoked : nil))
        try await expectRefresh(this, fails: endsThis)
        try await expectRefresh(other, fails: endsOthers)
        #expect(harness.refusal(of: stranger) == nil)
        try await expectRefresh(stranger, fails: false)
    }

    @Test("Logging out twice is no error")
    func twice() async throws {
        let login = try await harness.logIn()
        for _ in 0..<2 {
            try await authenticator.logOut(login.identity, scope: .this, from: .test)
            try await authenticator.logOut(refreshToken: login.refreshToken ?? "", scope: .this, from: .test)
        }
    }

    @Test("An older refresh token ends its own session and no other", arguments: [LogoutScope.others, .all])
    func oldToken(scope: LogoutScope) async throws {
        let other = try await harness.logIn()
        let old = try await harness.logIn()
        let new = try await harness.refresh(old)
        await #expect(throws: AuthError.refreshReused) {
            try await authenticator.logOut(refreshToken: old.refreshToken ?? "", scope: scope, from: .test)
        }
        #expect(harness.refusal(of: new) == Self.revoked)
        #expect(harness.refusal(of: other) == nil)
    }

    @Test("A session lists where it is from, and which one asks")
    func list() async throws {
        let client = Client(
            address: "2001:db8::1", userAgent: "curl/8\u{0}\n" + String(repeating: "x", count: 300), requestID: "r")
        let first = try await harness.logIn(from: client)
        harness.clock.advance(by: .seconds(5))
        let second = try await harness.logIn(asCookie: true)
        harness.clock.advance(by: .seconds(5))
        _ = try await harness.refresh(first)
        _ = try await harness.logIn("mallory")
        let sessions = try authenticator.findSessions(of: first.identity)
        #expect(sessions.map(\.id) == [second, first].map(\.identity.sessionID))
        #expect(sessions.map(\.isCurrent) == [false, true])
        #expect(sessions.map(\.kind) == [.cookie, .tokens])
        #expect(sessions.map(\.createdUnixSeconds) == [1_800_000_005, 1_800_000_000])
        #expect(sessions.map(\.lastUsedUnixSeconds) == [1_800_000_005, 1_800_000_010])
        #expect(sessions.map(\.address) == ["192.0.2.7", "2001:db8::1"])
        #expect(sessions.last?.userAgent == "curl/8  " + String(repeating: "x", count: 248))
        #expect(try authenticator.findSessions(ofUser: first.identity.accountID).map(\.isCurrent) == [false, false])
    }

    @Test("Pages of sessions are complete and end")
    func pages() async throws {
        var ids: [String?] = []
        for _ in 0..<5 { ids.insert(try await harness.logIn().identity.sessionID, at: 0) }
        let identity = try await harness.logIn().identity
        ids.insert(identity.sessionID, at: 0)
        var found: [String] = []
        while true {
            let page = try authenticator.findSessions(of: identity, after: found.last, limit: 4)
            if page.isEmpty { break }
            found += page.map(\.id)
        }
        #expect(found == ids)
        #expect(try authenticator.findSessions(of: identity, after: "nonsense") == [])
        #expect(
            try [Int.min, 0, 1, .max].map { try authenticator.findSessions(of: identity, limit: $0).count } == [
                1, 1, 1, 6,
            ])
    }

    @Test("Ending one session ends it, and nothing else", .promise(66))
    func endOne() async throws {
        let (asking, other) = (try await harness.logIn(), try await harness.logIn())
        let id = try #require(other.identity.sessionID)
        try await authenticator.endSession(id, of: asking.identity, from: .test)
        #expect(harness.refusal(of: other) == Self.revoked)
        #expect(harness.refusal(of: asking) == nil)
        await #expect(throws: AuthError.sessionMissing) {
            try await authenticator.endSession(id, of: asking.identity, from: .test)
        }
        #expect(try authenticator.findSessions(of: asking.identity).count == 1)
    }

    @Test("Another user's session is no session", .promise(66))
    func otherUser() async throws {
        let (victim, attacker) = (try await harness.logIn(), try await harness.logIn("mallory"))
        let id = try #require(victim.identity.sessionID)
        for text in [id, "", "x", id + "A", String(repeating: "A", count: 22)] {
            await #expect(throws: AuthError.sessionMissing) {
                try await authenticator.endSession(text, of: attacker.identity, from: .test)
            }
        }
        #expect(harness.refusal(of: victim) == nil)
        #expect(try authenticator.findSessions(of: attacker.identity, after: id).count <= 1)
        try await authenticator.endSession(id, of: victim.identity, from: .test)
    }

    @Test("Where an account has too many sessions the oldest ends")
    func tooMany() async throws {
        let harness = try Harness { $0.sessionsPerAccount = 3 }
        var logins: [LoggedIn] = []
        for _ in 0..<4 {
            logins.append(try await harness.logIn())
            harness.clock.advance(by: .seconds(1))
        }
        #expect(logins.map { harness.refusal(of: $0) } == [Self.revoked, nil, nil, nil])
    }

    @Test("An administrator ends all sessions of an account", .promise(66))
    func endAll() async throws {
        let logins = [try await harness.logIn(), try await harness.logIn(asCookie: true), try await harness.logIn()]
        let stranger = try await harness.logIn("mallory")
        let ended = try await authenticator.endSessions(ofUser: logins[0].identity.accountID, by: .operator)
        #expect(ended == 3)
        #expect(harness.refusal(of: logins[0]) == Self.revoked)
        #expect(throws: Self.revoked) { try harness.identity(cookie: logins[1].cookie) }
        #expect(harness.refusal(of: stranger) == nil)
        for id in ["", "x", String(repeating: "0", count: 32)] {
            await #expect(throws: AuthError.accountMissing) {
                try await authenticator.endSessions(ofUser: id, by: .operator)
            }
        }
    }

    @Test("What was ended stays ended after a restart, and what was not goes on", .promise(65))
    func restart() async throws {
        let (ended, other) = (try await harness.logIn(), try await harness.logIn())
        try await authenticator.logOut(ended.identity, scope: .this, from: .test)
        let restarted = try harness.sibling()
        #expect(restarted.refusal(of: ended) == Self.revoked)
        #expect(restarted.refusal(of: other) == nil)
        await #expect(throws: AuthError.sessionRevoked) { try await restarted.refresh(ended) }
        _ = try await restarted.refresh(other)
    }

    @Test("An access token that outlasts its session is taken back like any other", arguments: Ending.allCases)
    func outlasting(ending: Ending) async throws {
        // Sessions that were longer when they began.
        let shorter = try harness.sibling { $0.sessionIdle = .seconds(60) }
        let (ended, other) = (try await harness.logIn(), try await harness.logIn())
        harness.clock.advance(by: .seconds(61))
        let (access, refresh) = (ended.token, ended.refreshToken ?? "")
        #expect(shorter.refusal(of: ended) == nil)
        switch ending {
        case .logOut: try await shorter.authenticator.logOut(ended.identity, scope: .this, from: .test)
        case .logOutByRefreshToken:
            try await shorter.authenticator.logOut(refreshToken: refresh, scope: .this, from: .test)
        case .revokeAccess: try await shorter.authenticator.revoke(access, from: .test)
        case .revokeRefresh: try await shorter.authenticator.revoke(refresh, from: .test)
        }
        for process in [shorter, try harness.sibling()] {
            #expect(process.refusal(of: ended) == Self.revoked)
            #expect(process.refusal(of: other) == nil)
        }
    }

    /// How a single session can be ended by whoever holds a token of it.
    enum Ending: CaseIterable {
        case logOut, logOutByRefreshToken, revokeAccess, revokeRefresh
    }

    @Test("What was revoked stays so when the clock goes ahead by an hour and back")
    func clock() async throws {
        let (ended, other) = (try await harness.logIn(), try await harness.logIn())
        try await authenticator.logOut(ended.identity, scope: .this, from: .test)
        harness.clock.advance(by: .seconds(600))
        harness.clock.advance(by: .seconds(3_600))
        // Each end of a session deletes revocations that are over.
        let later = try await harness.logIn()
        try await authenticator.logOut(later.identity, scope: .this, from: .test)
        harness.clock.advance(by: .seconds(-3_600))
        for process in [harness, try harness.sibling()] {
            #expect(process.refusal(of: ended) == Self.revoked)
            #expect(process.refusal(of: other) == nil)
        }
    }

    @Test("What was revoked stays so though tokens were longer once", arguments: [true, false])
    func shorterLifetime(hasSecret: Bool) async throws {
        let folder = try TemporaryFolder()
        let clock = SettableClock()
        let secret = hasSecret ? try SigningSecret(copying: Array(Self.secret.utf8).span) : nil
        func process(_ lifetime: Int64) throws -> Harness {
            try Harness(in: folder, clock: clock) {
                $0.accessTokenLifetime = .seconds(lifetime)
                $0.signingSecret = secret
            }
        }
        let longer = try process(86_400)
        let (ended, other) = (try await longer.logIn(), try await longer.logIn())
        let shorter = try process(60)
        try await shorter.authenticator.logOut(ended.identity, scope: .this, from: .test)
        clock.advance(by: .seconds(80_000))
        let later = try await shorter.logIn()
        try await shorter.authenticator.logOut(later.identity, scope: .this, from: .test)
        for process in [shorter, try process(60)] {
            #expect(process.refusal(of: ended) == Self.revoked)
            #expect(process.refusal(of: other) == nil)
        }
    }

    private static let secret = "Nq8-a-secret-for-the-tests-of-sessions"

    @Test("A process that watches refuses what another has ended", .promise(65))
    func otherProcess() async throws {
        let sibling = try harness.sibling()
        try sibling.authenticator.startWatching()
        defer { sibling.authenticator.stopWatching() }
        let (ended, other) = (try await harness.logIn(), try await harness.logIn())
        #expect(sibling.refusal(of: ended) == nil)
        try await authenticator.logOut(ended.identity, scope: .this, from: .test)
        try await eventually { sibling.refusal(of: ended) == Self.revoked }
        #expect(sibling.refusal(of: other) == nil)
        let id = other.identity.accountID
        try await authenticator.updateRoles(id: id, to: Roles(parsing: ["editor"]), by: .operator)
        try await eventually { sibling.refusal(of: other) == .invalidToken(code: "token_outdated") }
        sibling.authenticator.stopWatching()
    }

    private func expectRefresh(_ login: LoggedIn, fails: Bool) async throws {
        do throws(AuthError) {
            _ = try await harness.refresh(login)
            #expect(!fails)
        } catch {
            #expect(error == .sessionRevoked)
            #expect(fails)
        }
    }
}
