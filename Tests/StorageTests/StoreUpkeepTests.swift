import Storage
import TestSupport
import Testing

@Suite("Tables that bound themselves")
struct StoreUpkeepTests {
    private static let grave: Int64 = 30 * 86_400

    let folder: TemporaryFolder
    let store: Store
    let foreign: ForeignConnection
    let account = sampleAccount()

    init() async throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), options: StoreOptions(auditSeconds: 1_000), logger: silent)
        foreign = try ForeignConnection(folder.file())
        try await store.insertAccount(account)
    }

    @Test("Sessions that ended or expired a month ago go with new logins; younger ones and live ones stay")
    func sessions() async throws {
        var old: [SessionID] = []
        for number in 0..<40 {
            let session = try await begin(at: start)
            old.append(session.id)
            if number.isMultiple(of: 2) {
                _ = try await store.endSession(
                    session.id, of: nil, reason: .loggedOut, limits: sampleLimits, now: start)
            }
        }
        // The last second of the last one's remembrance.
        let now = start + sampleLimits.idleSeconds + Self.grave - 1
        let ended = try await begin(at: start + Self.grave)
        _ = try await store.endSession(
            ended.id, of: nil, reason: .loggedOut, limits: sampleLimits, now: start + Self.grave)
        try await begin(40, at: now)
        // Those that ended have gone, those that only expired have a second left.
        #expect(try old.map { try store.findSession($0) != nil } == (0..<40).map { !$0.isMultiple(of: 2) })
        let live = try await begin(at: now + 1)
        try await begin(40, at: now + 1)
        #expect(try old.allSatisfy { try store.findSession($0) == nil })
        #expect(try store.findSession(ended.id) != nil)
        #expect(try store.findSession(live.id) == live)
    }

    @Test("The table of sessions stops growing however many come and expire")
    func steadyState() async throws {
        // Each day twenty logins, none of which is ended; each is remembered for 30 days.
        var most = 0
        for day in 0..<90 {
            try await begin(20, at: start + Int64(day) * 86_400)
            if day >= 45 { most = max(most, try foreign.count("sessions")) }
        }
        #expect(most >= 31 * 20 && most < 45 * 20)
    }

    @Test("Expired sessions of one account do not pile up, whatever its limit")
    func expiredOfOneAccount() async throws {
        let account = sampleAccount("other")
        try await store.insertAccount(account)
        for day in 0..<50 {
            let time = start + Int64(day) * 86_400
            let session = sampleSession(of: account, at: time)
            _ = try await store.insertSession(session, passwordVersion: 0, limits: sampleLimits, now: time)
        }
        #expect(try foreign.count("sessions WHERE account = '\(account.id)'") <= sampleLimits.perAccount + 1)
    }

    @Test("Revocations go when no access token can need them, also where one write adds many", .promise(65))
    func revocations() async throws {
        let limits = SessionLimits(
            idleSeconds: 3_600, absoluteSeconds: 86_400, graceSeconds: 30, perAccount: 100, accessTokenSeconds: 600)
        for hour in 0..<6 {
            let time = start + Int64(hour) * 3_600
            for _ in 0..<50 {
                let session = sampleSession(of: account, at: time)
                _ = try await store.insertSession(session, passwordVersion: 0, limits: limits, now: time)
            }
            let ended = try await store.endSessions(of: account.id, reason: .endedByUser, limits: limits, now: time)
            #expect(ended.count == 50)
            // Each of this hour is there.
            #expect(try store.findRevocations(after: 0, now: time).sessions.count == 50)
        }
        #expect(try foreign.count("revocations") <= 100)
    }

    @Test("A revocation lives to its last second", .promise(65))
    func lastSecond() async throws {
        let session = try await begin(at: start)
        _ = try await store.endSession(session.id, of: nil, reason: .revoked, limits: sampleLimits, now: start)
        for (now, count) in [(start + 599, 1), (start + 600, 0)] {
            let other = try await begin(at: now)
            _ = try await store.endSession(other.id, of: nil, reason: .revoked, limits: sampleLimits, now: now)
            let found = try store.findRevocations(after: 0, now: now).sessions.filter { $0.session == session.id }
            #expect(found.count == count)
            #expect(try foreign.count("revocations WHERE session = '\(session.id)'") == count)
        }
    }

    @Test("Sequence numbers of revocations are never used again, even after all have gone")
    func sequence() async throws {
        let first = try await begin(at: start)
        _ = try await store.endSession(first.id, of: nil, reason: .revoked, limits: sampleLimits, now: start)
        let sequence = try store.findRevocations(after: 0, now: start).sequence
        try foreign.execute("DELETE FROM revocations")
        #expect(try store.findRevocations(after: sequence, now: start).sequence == sequence)
        let second = try await begin(at: start)
        _ = try await store.endSession(second.id, of: nil, reason: .revoked, limits: sampleLimits, now: start)
        let next = try store.findRevocations(after: sequence, now: start)
        #expect(next.sequence > sequence && next.sessions.map(\.session) == [second.id])
    }

    @Test("Expired invites go with new ones; valid ones stay")
    func invites() async throws {
        for number in 0..<40 {
            let time = start + Int64(number) * 10
            let invite = Invite(
                registration: sampleHash(number), createdUnixSeconds: time, expiresUnixSeconds: time + 100)
            _ = try await store.insertInvite(invite, limits: sampleLimits, now: time)
            #expect(try foreign.count("invites") <= 10)
        }
        for number in 0..<40 {
            let invite = try store.findInvite(codeHash: sampleHash(number), kind: .registration, now: start + 390)
            #expect((invite != nil) == (number >= 30))
        }
    }

    @Test("Old rows of the audit go with new ones; those within the time stay")
    func audit() async throws {
        for number in 0..<2_000 {
            let record = AuditRecord(unixSeconds: start + Int64(number) * 10, event: "login", result: "ok")
            store.insertAudit(record)
            // Before there are more than may wait.
            if number % 500 == 499 { try await store.insertAccount(sampleAccount("user\(number)")) }
        }
        // 1,000 seconds, one row every ten, and at most a turn of sixteen more.
        let kept = try store.findAudit(limit: 1_000).map(\.record.unixSeconds)
        #expect((100...117).contains(kept.count))
        #expect(kept.first == start + 19_990 && kept.prefix(100).last == start + 19_000)
    }

    @discardableResult
    private func begin(at time: Int64) async throws -> Session {
        let account = sampleAccount("\(AccountID.random())")
        try await store.insertAccount(account)
        let session = sampleSession(of: account, at: time)
        _ = try await store.insertSession(session, passwordVersion: 0, limits: sampleLimits, now: time)
        return session
    }

    /// So many at the same time, each of an account of its own.
    private func begin(_ count: Int, at time: Int64) async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<count { group.addTask { try await begin(at: time) } }
            try await group.waitForAll()
        }
    }
}
