import Authentication
import Storage
import TestSupport
import Testing

@Suite("Refreshing")
struct RefreshTests {
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness()
    }

    @Test("A refresh gives another access token and another refresh token of the same session", .promise(59))
    func success() async throws {
        let login = try await harness.logIn()
        #expect(login.refreshLifetime == .seconds(30 * 86_400))
        harness.clock.advance(by: .seconds(100))
        let next = try await harness.refresh(login)
        #expect(next.refreshToken != login.refreshToken)
        #expect(next.refreshLifetime == .seconds(30 * 86_400))
        #expect(next.cookie == nil)
        let identity = try harness.identity(of: next.token)
        #expect(identity == next.identity)
        #expect(identity.sessionID == login.identity.sessionID)
        #expect(identity.tokenID != login.identity.tokenID)
        #expect(identity.authenticatedUnixSeconds == 1_800_000_000)
        #expect(identity.expiryUnixSeconds == 1_800_003_700)
        // The access token of before is as good as it was.
        #expect(harness.refusal(of: login) == nil)
    }

    @Test("A refresh says what the account is now")
    func currentRoles() async throws {
        let login = try await harness.logIn()
        let roles = try Roles(parsing: ["editor"])
        try await authenticator.updateRoles(id: login.identity.accountID, to: roles, by: .operator)
        #expect(harness.refusal(of: login) == .invalidToken(code: "token_outdated"))
        let next = try await harness.refresh(login)
        #expect(try harness.identity(of: next.token).roles == ["editor"])
    }

    @Test(
        "Within the grace period the same token gets the same successor, however often", .promise(59),
        arguments: [0, 1, 29, 30])
    func grace(seconds: Int64) async throws {
        let login = try await harness.logIn()
        let next = try await harness.refresh(login)
        harness.clock.advance(by: .seconds(seconds))
        for _ in 0..<3 {
            let again = try await harness.refresh(login)
            #expect(again.refreshToken == next.refreshToken)
            #expect(harness.refusal(of: again) == nil)
        }
        _ = try await harness.refresh(next)
    }

    @Test("A repeat after the grace period ends the session with all that it ever gave out", .promise(59, 60))
    func reuse() async throws {
        let other = try await harness.logIn()
        let login = try await harness.logIn()
        let next = try await harness.refresh(login)
        harness.clock.advance(by: .seconds(31))
        await #expect(throws: AuthError.refreshReused) { try await harness.refresh(login) }
        #expect(harness.refusal(of: login) == .invalidToken(code: "session_revoked"))
        #expect(harness.refusal(of: next) == .invalidToken(code: "session_revoked"))
        await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(next) }
        await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(login) }
        #expect(harness.refusal(of: other) == nil)
        _ = try await harness.refresh(other)
    }

    @Test("Replaying any token of a chain of five ends the session", .promise(60), arguments: 0..<5)
    func chain(replayed: Int) async throws {
        var chain = [try await harness.logIn()]
        for _ in 0..<5 {
            harness.clock.advance(by: .seconds(31))
            chain.append(try await harness.refresh(try #require(chain.last)))
        }
        harness.clock.advance(by: .seconds(31))
        await #expect(throws: AuthError.refreshReused) { try await harness.refresh(chain[replayed]) }
        for login in chain {
            #expect(harness.refusal(of: login) == .invalidToken(code: "session_revoked"))
            await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(login) }
        }
    }

    @Test("Without a grace period a second use is a reuse at once")
    func noGrace() async throws {
        let strict = try Harness { $0.refreshGrace = .zero }
        let login = try await strict.logIn()
        _ = try await strict.refresh(login)
        strict.clock.advance(by: .seconds(1))
        await #expect(throws: AuthError.refreshReused) { try await strict.refresh(login) }
    }

    @Test(
        "A session that is not used expires, and one that is used does so at the end of its absolute lifetime",
        .promise(64))
    func lifetimes() async throws {
        let harness = try Harness {
            $0.sessionIdle = .seconds(100)
            $0.sessionAbsolute = .seconds(250)
        }
        let idle = try await harness.logIn()
        var used = try await harness.logIn()
        harness.clock.advance(by: .seconds(99))
        used = try await harness.refresh(used)
        #expect(used.refreshLifetime == .seconds(100))
        harness.clock.advance(by: .seconds(1))
        await #expect(throws: AuthError.refreshExpired) { try await harness.refresh(idle) }
        harness.clock.advance(by: .seconds(98))
        used = try await harness.refresh(used)
        #expect(used.refreshLifetime == .seconds(52))
        harness.clock.advance(by: .seconds(51))
        used = try await harness.refresh(used)
        #expect(used.refreshLifetime == .seconds(1))
        // And so does what it gave out, though access tokens last an hour elsewhere.
        #expect(used.lifetime == .seconds(1))
        #expect(harness.refusal(of: used) == nil)
        harness.clock.advance(by: .seconds(1))
        #expect(harness.refusal(of: used) == .invalidToken(code: "expired"))
        await #expect(throws: AuthError.refreshExpired) { try await harness.refresh(used) }
    }

    @Test("What we have not made is refused without a look at the database")
    func forged() async throws {
        let login = try await harness.logIn()
        let token = try #require(login.refreshToken)
        _ = try await harness.refresh(login)
        try harness.store.close()
        var forged = ["", "glr_", "x", token + "A", String(token.dropLast()), token + "\n", " " + token, login.token]
        forged += [String(repeating: "A", count: token.utf8.count), "glr_" + String(repeating: "A", count: 91)]
        for index in token.utf8.indices {
            var bytes = Array(token.utf8)
            let offset = token.utf8.distance(from: token.startIndex, to: index)
            bytes[offset] = bytes[offset] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            forged.append(String(decoding: bytes, as: UTF8.self))
        }
        for text in forged {
            await #expect(throws: AuthError.refreshInvalid) { try await authenticator.refresh(text, from: .test) }
            await #expect(throws: AuthError.refreshInvalid) {
                try await authenticator.logOut(refreshToken: text, scope: .this, from: .test)
            }
        }
        // And that is a look that would fail.
        await #expect { try await harness.refresh(login) } throws: { ($0 as? AuthError)?.code == "unavailable" }
    }

    @Test("A genuine token of a session that nobody knows is refused and changes nothing")
    func unknownSession() async throws {
        let stranger = try Harness { [path = "\(harness.folder.database).key"] in $0.masterKeyPath = path }
        let login = try await stranger.logIn()
        _ = try await harness.logIn()
        let before = try harness.store.findAudit(before: nil, limit: 100, account: nil).count
        await #expect(throws: AuthError.refreshInvalid) { try await harness.refresh(login) }
        #expect(try harness.store.findAudit(before: nil, limit: 100, account: nil).count == before)
        _ = try await stranger.refresh(login)
    }

    @Test("Two processes give one token the same successor")
    func twoProcesses() async throws {
        let sibling = try harness.sibling()
        let login = try await harness.logIn()
        let next = try await harness.refresh(login)
        #expect(try await sibling.refresh(login).refreshToken == next.refreshToken)
        #expect(sibling.refusal(of: next) == nil)
        _ = try await sibling.refresh(next)
    }

    @Test("A disabled account refreshes nothing, and neither does one that was enabled again", .promise(55))
    func disabled() async throws {
        let login = try await harness.logIn()
        try await authenticator.updateState(id: login.identity.accountID, isDisabled: true, by: .operator)
        await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(login) }
        try await authenticator.updateState(id: login.identity.accountID, isDisabled: false, by: .operator)
        await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(login) }
        #expect(harness.refusal(of: login) != nil)
        #expect(harness.refusal(of: try await harness.logIn()) == nil)
    }

    @Test("A database that cannot answer is never a bad token")
    func unavailable() async throws {
        let login = try await harness.logIn()
        try harness.store.close()
        await #expect { try await harness.refresh(login) } throws: { ($0 as? AuthError)?.code == "unavailable" }
    }

    @Test("Neither the refresh token nor the cookie is printed")
    func redacted() async throws {
        for login in [try await harness.logIn(), try await harness.logIn(asCookie: true)] {
            var text = "\(login) \(String(reflecting: login))"
            dump(login, to: &text)
            for secret in [login.accessToken, login.refreshToken, login.cookie].compactMap(\.self) {
                #expect(!text.contains(secret))
            }
        }
    }
}
