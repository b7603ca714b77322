import GRDB
import Storage
import Testing

@Suite("How SQLite finds the rows")
struct QueryPlanTests {
    let folder: TemporaryFolder
    let log = StatementLog()
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), logger: log.logger)
    }

    @Test("No statement of a request reads a whole table or sorts what it found")
    func plans() async throws {
        let opening = log.all
        try await useEverything()
        let statements = log.all.subtracting(opening).filter { statement in
            ["SELECT", "INSERT", "UPDATE", "DELETE"].contains { statement.hasPrefix($0) }
        }
        #expect(statements.count >= 45)
        let queue = try DatabaseQueue(path: folder.file())
        for statement in statements {
            let steps = try await queue.read { db in
                let explanation = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(statement)")
                explanation.setUncheckedArguments([])
                return try Row.fetchAll(explanation).map { $0["detail"] as String }
            }
            for step in steps {
                // A page in the order of its key is read along the key, to its limit; a few services and keys are a list.
                let isPage = step == "SCAN audit" && statement.contains("ORDER BY seq DESC LIMIT ?")
                let isList = ["SCAN services", "SCAN signing_keys", "SCAN schema"].contains(step)
                #expect(!step.hasPrefix("SCAN") || isPage || isList, "\(statement)")
                #expect(!step.contains("TEMP B-TREE") || statement.contains("FROM signing_keys"), "\(statement)")
            }
        }
    }

    @Test("The log has the statements, never their values")
    func values() async throws {
        try await useEverything()
        #expect(!log.all.isEmpty)
        for statement in log.all {
            #expect(!statement.contains("hash of") && !statement.contains("vicky") && !statement.contains("192.0.2"))
        }
    }

    private func attempt() async throws {
        let keys = (1...4).map { ThrottleKey(digest: sampleHash($0)) }
        let attempt = AttemptKeys(account: keys[0], accountAddress: keys[1], address: keys[2])
        let limits = ThrottleLimits(
            perAccountAddress: 10, perAccount: 100, perAddress: 100, registrations: 100, firstWaitSeconds: 30,
            longestWaitSeconds: 3_600, memorySeconds: 86_400)
        guard case .reserved(let reserved) = try await store.reserveAttempt(attempt, limits: limits, now: start) else {
            Issue.record("a first attempt is refused")
            return
        }
        store.acceptAttempt(reserved, now: start)
        _ = try await store.reserveRegistration(keys[3], limits: limits, now: start)
        let record = AuditRecord(unixSeconds: start, event: "account_unlock", result: "ok")
        try await store.clearAttempts(of: keys[0], audit: record)
    }

    /// Every call that a request or a command makes, each with something to find.
    private func useEverything() async throws {
        let account = sampleAccount()
        let limits = SessionLimits(
            idleSeconds: 3_600, absoluteSeconds: 86_400, graceSeconds: 30, perAccount: 2, accessTokenSeconds: 600)
        let record = AuditRecord(unixSeconds: start, event: "login", result: "ok", accountID: account.id)
        let invite = Invite(registration: sampleHash(1), createdUnixSeconds: start, expiresUnixSeconds: .max)
        _ = try await store.insertInvite(invite, limits: limits, now: start, audit: record)
        _ = try store.findInvite(codeHash: sampleHash(1), kind: .registration, now: start)
        try await store.insertAccount(account, redeeming: sampleHash(1), audit: record)
        try await attempt()
        _ = try store.findAccount(id: account.id)
        _ = try store.findAccount(canonicalUsername: "vicky")
        _ = try store.findAccounts(limit: 10)
        _ = try store.findAccounts(matching: "v", afterCanonicalUsername: "vi", limit: 10)
        _ = try await store.replacePasswordHash(id: account.id, from: "x", to: "y")
        let version = try #require(try store.findAccount(id: account.id)).passwordVersion
        var sessions: [Session] = []
        for number in 0..<6 {
            let session = sampleSession(of: account, kind: number == 5 ? .cookie : .refresh, hash: 0)
            _ = try await store.insertSession(
                session, passwordVersion: version, limits: limits, now: start, audit: record)
            sessions.append(session)
        }
        for generation in [0, 0, 9] { _ = try await store.rotate(sessions[4], generation, now: start) }
        _ = try await store.rotate(sessions[4], 0, now: start + 31)
        _ = try store.findSession(sessions[0].id)
        _ = try store.findCookieSession(tokenHash: sampleHash(0))
        _ = try store.findSessions(of: account.id, after: sessions[5].id, limit: 9, limits: limits, now: start)
        store.touchSession(sessions[5].id, now: start + 1)
        _ = try await store.endSession(
            sessions[5].id, of: account.id, reason: .loggedOut, limits: limits, now: start, audit: record)
        _ = try await store.endSessions(of: account.id, reason: .loggedOut, limits: limits, now: start)
        _ = try store.findRevocations(after: 0, now: start)
        _ = try await store.updatePassword(
            account.id, to: "h", ending: .others(than: sessions[5].id), limits: limits, now: start)
        let reset = Invite(
            reset: sampleHash(2), accountID: account.id, createdUnixSeconds: start, expiresUnixSeconds: .max)
        _ = try await store.insertInvite(reset, limits: limits, now: start)
        _ = try await store.updatePassword(redeemingReset: sampleHash(2), to: "h", limits: limits, now: start)
        _ = try await store.updateRoles(account.id, to: ["a"], limits: limits, now: start)
        _ = try await store.updateState(account.id, to: .disabled, limits: limits, now: start)
        for _ in 0..<16 { store.insertAudit(record) }
        // Long after, so that there is something to delete.
        let late = start + 200 * 86_400
        let other = sampleAccount("other")
        try await store.insertAccount(other)
        for _ in 0..<3 {
            let session = sampleSession(of: other, at: late)
            _ = try await store.insertSession(session, passwordVersion: 0, limits: limits, now: late)
        }
        _ = try await store.insertSession(
            sampleSession(of: other, at: late + 4_000), passwordVersion: 0, limits: limits, now: late + 4_000)
        _ = try store.findAudit(limit: 9)
        _ = try store.findAudit(before: 9, limit: 9, account: account.id)
        _ = try await store.deleteAccount(account.id, limits: limits, now: start)
        try await store.insertService(Service(name: "s", createdUnixSeconds: start), secretHash: [1])
        _ = try store.findService(name: "s")
        _ = try store.findServices()
        _ = try await store.deleteService(name: "s")
        try await store.insertSigningKey(sampleKey())
        _ = try store.updateSigningKeys { rows in
            var changes = SigningKeyChanges()
            guard rows.count == 1 else { return changes }
            changes.insertions = [sampleKey("k2", algorithm: "EdDSA")]
            changes.seals = [("k1", [1])]
            changes.lifetimes = [("k1", 9_999)]
            return changes
        }
        _ = try store.findLongestLifetime()
        try store.raiseLongestLifetime(to: 9_999)
        try await store.updateSigningKey("k1", retiredUnixSeconds: start)
        _ = try await store.deleteSigningKey("k1")
    }
}
