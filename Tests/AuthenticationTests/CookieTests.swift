import Authentication
import Storage
import TestSupport
import Testing

@Suite("Cookie sessions")
struct CookieTests {
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness()
    }

    private static let revoked = AuthError.invalidToken(code: "session_revoked")
    private static let expired = AuthError.invalidToken(code: "session_expired")

    @Test("A cookie speaks for its account, and no token is given out")
    func success() async throws {
        let login = try await harness.logIn(asCookie: true)
        #expect(login.accessToken == nil)
        #expect(login.refreshToken == nil)
        #expect(login.lifetime == .seconds(30 * 86_400))
        #expect(login.cookie?.utf8.count == 47)
        #expect(try harness.identity(cookie: login.cookie) == login.identity)
        #expect(login.identity.username == "vicky")
        #expect(login.identity.authenticatedUnixSeconds == 1_800_000_000)
        #expect(login.identity.expiryUnixSeconds == 1_800_000_000 + 30 * 86_400)
    }

    @Test("A cookie that was asked for lately needs no database")
    func cached() async throws {
        let login = try await harness.logIn(asCookie: true)
        let unknown = try await harness.logIn(asCookie: true)
        _ = try harness.identity(cookie: login.cookie)
        try harness.store.close()
        _ = try harness.identity(cookie: login.cookie)
        #expect { try harness.identity(cookie: unknown.cookie) } throws: { ($0 as? AuthError)?.code == "unavailable" }
        harness.clock.advance(by: .seconds(60))
        #expect { try harness.identity(cookie: login.cookie) } throws: { ($0 as? AuthError)?.code == "unavailable" }
    }

    @Test("What is no cookie of ours is refused, what cannot be one without a look at the database")
    func forged() async throws {
        let cookie = try #require(try await harness.logIn(asCookie: true).cookie)
        let other = String(cookie.dropLast(5)) + "AAAAA"
        #expect(throws: AuthError.invalidToken(code: "unknown_session")) { try harness.identity(cookie: other) }
        #expect(throws: AuthError.missingToken) { try harness.identity(cookie: "") }
        try harness.store.close()
        for text in [
            "x", cookie + "A", String(cookie.dropLast()), "gls_" + cookie.dropFirst(4), " " + cookie, cookie + "=",
            cookie.uppercased(), "glc_" + String(repeating: "A", count: 42) + "B",
            "glc_" + String(repeating: "=", count: 43), "glc_" + String(repeating: "\u{E9}", count: 21) + "A",
        ] {
            #expect(throws: AuthError.invalidToken(code: "malformed_cookie")) { try harness.identity(cookie: text) }
        }
    }

    @Test("A session in use lasts, one that is not used ends", .promise(64), arguments: [1_000, 100_000] as [Int64])
    func idle(idle: Int64) async throws {
        let harness = try Harness {
            $0.sessionIdle = .seconds(idle)
            $0.sessionAbsolute = .seconds(10 * idle)
        }
        let used = try await harness.logIn(asCookie: true)
        let unused = try await harness.logIn(asCookie: true)
        for _ in 0..<8 {
            harness.clock.advance(by: .seconds(idle * 3 / 10))
            _ = try harness.identity(cookie: used.cookie)
        }
        #expect(throws: Self.expired) { try harness.identity(cookie: unused.cookie) }
        #expect(throws: Self.expired) { try harness.identity(cookie: unused.cookie) }
        harness.clock.advance(by: .seconds(idle))
        #expect(throws: Self.expired) { try harness.identity(cookie: used.cookie) }
    }

    @Test("A session ends at its absolute lifetime, however much it is used", .promise(64))
    func absolute() async throws {
        let harness = try Harness {
            $0.sessionIdle = .seconds(1_000)
            $0.sessionAbsolute = .seconds(2_000)
        }
        let login = try await harness.logIn(asCookie: true)
        for _ in 0..<199 {
            harness.clock.advance(by: .seconds(10))
            _ = try harness.identity(cookie: login.cookie)
        }
        harness.clock.advance(by: .seconds(10))
        #expect(throws: Self.expired) { try harness.identity(cookie: login.cookie) }
    }

    @Test("The last use is written down at most every five minutes")
    func touches() async throws {
        let login = try await harness.logIn(asCookie: true)
        let before = harness.store.writeCounters.writes
        for _ in 0..<30 {
            _ = try harness.identity(cookie: login.cookie)
            harness.clock.advance(by: .seconds(10))
        }
        // Written after the touches, so that they are done when it is.
        _ = try await authenticator.makeInvite()
        #expect(harness.store.writeCounters.writes == before + 1)
        harness.clock.advance(by: .seconds(1))
        for _ in 0..<30 { _ = try harness.identity(cookie: login.cookie) }
        _ = try await authenticator.makeInvite()
        #expect(harness.store.writeCounters.writes == before + 3)
        let session = try #require(try authenticator.findSessions(ofUser: login.identity.accountID).first)
        #expect(session.lastUsedUnixSeconds == 1_800_000_301)
    }

    @Test("When a session has ended its cookie is refused, cached or not", arguments: [true, false])
    func ended(isCached: Bool) async throws {
        let (login, other) = (try await harness.logIn(asCookie: true), try await harness.logIn(asCookie: true))
        if isCached { for login in [login, other] { _ = try harness.identity(cookie: login.cookie) } }
        try await authenticator.logOut(login.identity, scope: .this, from: .test)
        #expect(throws: Self.revoked) { try harness.identity(cookie: login.cookie) }
        _ = try harness.identity(cookie: other.cookie)
        try await authenticator.updateState(id: other.identity.accountID, isDisabled: true, by: .operator)
        #expect(throws: Self.revoked) { try harness.identity(cookie: other.cookie) }
    }

    @Test("A change of roles is seen at once, and the session goes on")
    func roles() async throws {
        let login = try await harness.logIn(asCookie: true)
        #expect(try harness.identity(cookie: login.cookie).roles == [])
        let id = login.identity.accountID
        try await authenticator.updateRoles(id: id, to: Roles(parsing: ["editor"]), by: .operator)
        #expect(try harness.identity(cookie: login.cookie).roles == ["editor"])
        try harness.store.close()
        #expect(try harness.identity(cookie: login.cookie).roles == ["editor"])
    }

    @Test("What another process ended is refused after a minute, even where nobody watches")
    func unwatched() async throws {
        let sibling = try harness.sibling()
        let login = try await harness.logIn(asCookie: true)
        _ = try sibling.identity(cookie: login.cookie)
        try await authenticator.logOut(login.identity, scope: .this, from: .test)
        harness.clock.advance(by: .seconds(59))
        _ = try sibling.identity(cookie: login.cookie)
        harness.clock.advance(by: .seconds(1))
        #expect(throws: Self.revoked) { try sibling.identity(cookie: login.cookie) }
    }

    @Test("More cookies than are remembered are still good")
    func manyCookies() async throws {
        let login = try await harness.logIn(asCookie: true)
        _ = try harness.identity(cookie: login.cookie)
        for index in 0..<100 {
            let unknown = "glc_" + String(repeating: "A", count: 37) + String(index + 100_000)
            _ = try? harness.identity(cookie: unknown)
        }
        _ = try harness.identity(cookie: login.cookie)
    }
}
