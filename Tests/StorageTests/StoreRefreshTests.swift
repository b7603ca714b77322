import Storage
import TestSupport
import Testing

@Suite("Refreshing a session in the store")
struct StoreRefreshTests {
    let folder: TemporaryFolder
    let store: Store
    let account = sampleAccount()

    init() async throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), logger: silent)
        try await store.insertAccount(account)
    }

    @Test("Each token is exchanged once, and the last one counts", .promise(59))
    func chain() async throws {
        let session = try await begin()
        for generation in 0..<20 {
            let now = start + Int64(generation)
            guard case .rotated(let rotated, let holder) = try await rotate(session, generation, now: now) else {
                Issue.record("generation \(generation) was not rotated")
                return
            }
            #expect(rotated.generation == Int64(generation + 1))
            #expect(rotated.tokenHash == sampleHash(generation + 1))
            #expect(rotated.lastUsedUnixSeconds == now)
            #expect(holder == account)
            #expect(try store.findSession(session.id) == rotated)
        }
        #expect(try store.findSession(session.id)?.rotations.count == 16)
    }

    @Test(
        "A used token gets its successor again within the grace period, and one second later ends the session",
        .promise(59))
    func grace() async throws {
        let session = try await begin()
        let rotated = try await rotated(session, 0, now: start)
        for now in [start, start + 1, start + sampleLimits.graceSeconds] {
            #expect(try await rotate(session, 0, now: now) == .repeated(rotated, account))
        }
        #expect(try store.findSession(session.id) == rotated)
        #expect(try store.findRevocations(after: 0, now: start).sessions.isEmpty)
        let late = start + sampleLimits.graceSeconds + 1
        let ended = replacing(rotated, end: .init(reason: .tokenReused, unixSeconds: late))
        #expect(try await rotate(session, 0, now: late) == .reused(ended))
        #expect(try store.findSession(session.id) == ended)
        let revocations = try store.findRevocations(after: 0, now: late)
        #expect(revocations.sessions.map(\.session) == [session.id])
        #expect(revocations.sessions.map(\.expires) == [late + sampleLimits.accessTokenSeconds])
        // Neither the thief nor the owner goes on.
        #expect(try await rotate(session, 1, now: late) == .ended(ended))
        #expect(try await rotate(session, 0, now: late) == .ended(ended))
    }

    @Test("Each of several rotations within the grace period has a grace period of its own")
    func graceOfEach() async throws {
        let session = try await begin()
        var last = try await rotated(session, 0, now: start)
        last = try await rotated(session, 1, now: start + 20)
        last = try await rotated(session, 2, now: start + 29)
        #expect(try await rotate(session, 0, now: start + 30) == .repeated(last, account))
        #expect(try await rotate(session, 1, now: start + 50) == .repeated(last, account))
        #expect(try await rotate(session, 2, now: start + 59) == .repeated(last, account))
        guard case .reused = try await rotate(session, 1, now: start + 51) else {
            Issue.record("the grace period of the second rotation did not end")
            return
        }
    }

    @Test("No rotation is forgotten within its grace period but those beyond the last sixteen")
    func graceOfMany() async throws {
        let session = try await begin()
        for generation in 0..<20 { _ = try await rotated(session, generation, now: start) }
        guard case .repeated = try await rotate(session, 4, now: start) else {
            Issue.record("the sixteenth last rotation has been forgotten")
            return
        }
        guard case .reused = try await rotate(session, 3, now: start) else {
            Issue.record("a rotation is remembered that must not be")
            return
        }
    }

    @Test("A clock that is set back ends nothing, and the time of the last use does not go back")
    func clockSetBack() async throws {
        let session = try await begin()
        _ = try await rotated(session, 0, now: start)
        let rotated = try await rotated(session, 1, now: start - 5_000)
        #expect(rotated.lastUsedUnixSeconds == start)
        #expect(try await rotate(session, 0, now: start - 5_000) == .repeated(rotated, account))
        #expect(try await rotate(session, 1, now: start - 5_000) == .repeated(rotated, account))
    }

    @Test("A token that is not the session's changes nothing", arguments: [0, 1])
    func unknown(generation: Int) async throws {
        let session = try await begin()
        let wrong = try await store.rotateRefreshToken(
            session: session.id, generation: Int64(generation), presented: sampleHash(99), successor: sampleHash(100),
            limits: sampleLimits, now: start)
        #expect(wrong == .unknown)
        #expect(try await rotate(session, 5, now: start) == .unknown)
        #expect(try await rotate(sampleSession(of: account), 0, now: start) == .unknown)
        #expect(try store.findSession(session.id) == session)
        _ = try await rotated(session, 0, now: start)
    }

    @Test("A cookie's session is never refreshed")
    func cookie() async throws {
        let session = sampleSession(of: account, kind: .cookie)
        _ = try await store.insertSession(session, passwordVersion: 0, limits: sampleLimits, now: start)
        #expect(try await rotate(session, 0, now: start) == .unknown)
    }

    @Test(
        "A session ends with its idle and with its absolute lifetime, to the second", .promise(64),
        arguments: [(3_599, 0), (3_600, 1), (86_399, 2), (86_400, 3)] as [(Int64, Int)])
    func expiry(after seconds: Int64, row: Int) async throws {
        let session = try await begin()
        var generation = 0
        if row >= 2 {
            for hour in 1...23 {
                _ = try await rotated(session, generation, now: start + Int64(hour) * 3_599)
                generation += 1
            }
            _ = try await rotated(session, generation, now: start + 86_300)
            generation += 1
        }
        let outcome = try await rotate(session, generation, now: start + seconds)
        switch (row % 2, outcome) {
        case (0, .rotated), (1, .expired): break
        default: Issue.record("\(outcome)")
        }
    }

    @Test("An account that was disabled behind the store's back loses its session at the next refresh")
    func disabledByAnOlderBinary() async throws {
        let session = try await begin()
        try ForeignConnection(folder.file()).execute("UPDATE accounts SET state = 'disabled'")
        guard case .ended(let ended) = try await rotate(session, 0, now: start) else {
            Issue.record("a disabled account was refreshed")
            return
        }
        #expect(ended.end == .init(reason: .accountDisabled, unixSeconds: start))
        #expect(try store.findRevocations(after: 0, now: start).sessions.map(\.session) == [session.id])
    }

    @Test("The audit's row knows the outcome, and is written where the outcome is")
    func audit() async throws {
        let session = try await begin()
        for generation in [0, 0, 7] {
            _ = try await store.rotateRefreshToken(
                session: session.id, generation: Int64(generation), presented: sampleHash(generation),
                successor: sampleHash(generation + 1), limits: sampleLimits, now: start
            ) { outcome in
                let result =
                    switch outcome {
                    case .rotated: "rotated"
                    case .repeated: "repeated"
                    default: "other"
                    }
                return AuditRecord(unixSeconds: start, event: "refresh", result: result, sessionID: session.id)
            }
        }
        #expect(try store.findAudit(limit: 10).map(\.record.result) == ["other", "repeated", "rotated"])
    }

    private func begin() async throws -> Session {
        let session = sampleSession(of: account)
        _ = try await store.insertSession(session, passwordVersion: 0, limits: sampleLimits, now: start)
        return session
    }

    private func rotate(_ session: Session, _ generation: Int, now: Int64) async throws -> RefreshOutcome {
        try await store.rotate(session, generation, now: now)
    }

    private func rotated(_ session: Session, _ generation: Int, now: Int64) async throws -> Session {
        let outcome = try await rotate(session, generation, now: now)
        guard case .rotated(let rotated, _) = outcome else {
            Issue.record("\(outcome)")
            return session
        }
        return rotated
    }
}

extension Store {
    /// Presents the token of a generation, whose hashes are the numbers of the generations.
    func rotate(_ session: Session, _ generation: Int, now: Int64) async throws(StorageError) -> RefreshOutcome {
        try await rotateRefreshToken(
            session: session.id, generation: Int64(generation), presented: sampleHash(generation),
            successor: sampleHash(generation + 1), limits: sampleLimits, now: now)
    }
}

/// The same session, ended.
func replacing(_ session: Session, end: Session.End) -> Session {
    Session(
        id: session.id, accountID: session.accountID, kind: session.kind, tokenHash: session.tokenHash,
        generation: session.generation, rotations: session.rotations, createdUnixSeconds: session.createdUnixSeconds,
        lastUsedUnixSeconds: session.lastUsedUnixSeconds, authenticatedUnixSeconds: session.authenticatedUnixSeconds,
        address: session.address, userAgent: session.userAgent, end: end)
}
