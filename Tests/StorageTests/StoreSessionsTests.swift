import Storage
import Testing

@Suite("Sessions in the store")
struct StoreSessionsTests {
    let folder: TemporaryFolder
    let store: Store
    let account = sampleAccount()

    init() async throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), logger: silent)
        try await store.insertAccount(account)
    }

    @Test("A session is found with every field as it was, a cookie by its hash as well")
    func roundTrip() async throws {
        let refresh = try await begin(sampleSession(of: account, hash: 1))
        let cookie = try await begin(sampleSession(of: account, kind: .cookie, hash: 2))
        #expect(try store.findSession(refresh.id) == refresh)
        #expect(try store.findSession(cookie.id) == cookie)
        #expect(try store.findCookieSession(tokenHash: sampleHash(2))?.session == cookie)
        #expect(try store.findCookieSession(tokenHash: sampleHash(2))?.account == account)
        // A refresh token is no cookie.
        #expect(try store.findCookieSession(tokenHash: sampleHash(1)) == nil)
    }

    @Test("Beyond its limit an account loses its oldest session, and is told which")
    func limit() async throws {
        var sessions: [Session] = []
        for number in 0..<8 {
            let session = sampleSession(of: account, hash: number)
            let inserted = try await store.insertSession(
                session, passwordVersion: 0, limits: sampleLimits, now: start)
            sessions.append(session)
            #expect(inserted.ended == (number < 5 ? [] : [sessions[number - 5].id]))
            #expect(inserted.account == account)
        }
        let live = try store.findSessions(of: account.id, limit: 10, limits: sampleLimits, now: start)
        #expect(live == sessions.suffix(5).reversed())
        #expect(try store.findSession(sessions[0].id)?.end == .init(reason: .tooMany, unixSeconds: start))
    }

    @Test("An expired session does not count for the limit and ends nobody's")
    func limitAmongExpired() async throws {
        for _ in 0..<5 { _ = try await begin(sampleSession(of: account)) }
        let later = start + sampleLimits.idleSeconds
        let session = sampleSession(of: account, at: later)
        let inserted = try await store.insertSession(session, passwordVersion: 0, limits: sampleLimits, now: later)
        #expect(inserted.ended == [])
        #expect(try store.findSessions(of: account.id, limit: 9, limits: sampleLimits, now: later) == [session])
    }

    @Test("No session begins for an account that is gone or disabled, or after its password was changed")
    func refused() async throws {
        await #expect(throws: StorageError.accountMissing) { try await begin(sampleSession(of: sampleAccount("x"))) }
        let disabled = sampleAccount("disabled", state: .disabled)
        try await store.insertAccount(disabled)
        await #expect(throws: StorageError.accountMissing) { try await begin(sampleSession(of: disabled)) }
        _ = try await store.updatePassword(
            account.id, to: "another", ending: .all, limits: sampleLimits, now: start)
        await #expect(throws: StorageError.passwordChanged) { try await begin(sampleSession(of: account)) }
    }

    @Test("Pages of sessions join without a gap or a repeat, newest first")
    func pages() async throws {
        let limits = SessionLimits(
            idleSeconds: 3_600, absoluteSeconds: 86_400, graceSeconds: 30, perAccount: 100, accessTokenSeconds: 600)
        var sessions: [Session] = []
        for _ in 0..<25 {
            let session = sampleSession(of: account)
            _ = try await store.insertSession(session, passwordVersion: 0, limits: limits, now: start)
            sessions.append(session)
        }
        var found: [Session] = []
        while true {
            let page = try store.findSessions(
                of: account.id, after: found.last?.id, limit: 10, limits: limits, now: start)
            if page.isEmpty { break }
            found += page
        }
        #expect(found == sessions.reversed())
        // Somebody else's session is no place to begin.
        let other = sampleAccount("other")
        try await store.insertAccount(other)
        #expect(try store.findSessions(of: other.id, after: found[0].id, limit: 9, limits: limits, now: start) == [])
    }

    @Test("Only its own account, or an operator, ends a session, and only once")
    func ending() async throws {
        let session = try await begin(sampleSession(of: account))
        let other = sampleAccount("other")
        try await store.insertAccount(other)
        #expect(try await end(session, of: other.id) == false)
        #expect(try store.findSession(session.id) == session)
        #expect(try await end(session, of: account.id))
        #expect(try await end(session, of: account.id) == false)
        #expect(try await end(session, of: nil) == false)
        #expect(try store.findRevocations(after: 0, now: start).sessions.count == 1)
        let expired = try await begin(sampleSession(of: account))
        #expect(try await end(expired, of: nil, now: start + sampleLimits.idleSeconds) == false)
    }

    @Test("A use is noted, never backwards, and never for a session that has ended")
    func touching() async throws {
        let session = try await begin(sampleSession(of: account, kind: .cookie))
        store.touchSession(session.id, now: start + 10)
        store.touchSession(session.id, now: start + 5)
        // A write that is waited for comes after those.
        try await store.insertAccount(sampleAccount("a"))
        #expect(try store.findSession(session.id)?.lastUsedUnixSeconds == start + 10)
        #expect(try await end(session, of: nil))
        store.touchSession(session.id, now: start + 20)
        try await store.insertAccount(sampleAccount("b"))
        #expect(try store.findSession(session.id)?.lastUsedUnixSeconds == start + 10)
    }

    private func begin(_ session: Session) async throws -> Session {
        _ = try await store.insertSession(session, passwordVersion: 0, limits: sampleLimits, now: start)
        return session
    }

    private func end(_ session: Session, of accountID: AccountID?, now: Int64 = start) async throws -> Bool {
        try await store.endSession(session.id, of: accountID, reason: .loggedOut, limits: sampleLimits, now: now)
    }
}
