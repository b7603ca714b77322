import Foundation
import Storage
import TestSupport
import Testing

/// A hundred calls at the same time through three stores on one file, as three processes have them. `RACE_ROUNDS` asks
/// for the long form.
@Suite("Races in the store")
struct StoreRaceTests {
    private static let rounds = ProcessInfo.processInfo.environment["RACE_ROUNDS"].flatMap { Int($0) } ?? 3
    private static let calls = 100

    let folder: TemporaryFolder
    let stores: [Store]
    let account = sampleAccount()

    init() async throws {
        folder = try TemporaryFolder()
        let path = folder.file()
        stores = try (0..<3).map { _ in try Store(path: path, logger: silent) }
        try await stores[0].insertAccount(account)
    }

    @Test("Of a hundred refreshes with one token one rotates, the rest repeat, and the chain is linear", .promise(61))
    func refreshes() async throws {
        let session = try await begin()
        for round in 0..<Self.rounds {
            let outcomes = try await race { store, _ in try await store.rotate(session, round, now: start) }
            let rotated = outcomes.compactMap { outcome in
                if case .rotated(let session, _) = outcome { session } else { nil }
            }
            #expect(rotated.count == 1)
            #expect(rotated.first?.generation == Int64(round + 1))
            for outcome in outcomes {
                switch outcome {
                case .rotated: break
                case .repeated(let session, _): #expect(session == rotated.first)
                default: Issue.record("\(outcome)")
                }
            }
            #expect(try stores[round % 3].findSession(session.id) == rotated.first)
        }
        let late = start + sampleLimits.graceSeconds + 1
        let outcomes = try await race { store, _ in try await store.rotate(session, 0, now: late) }
        let reused = outcomes.count { if case .reused = $0 { true } else { false } }
        let ended = outcomes.count { if case .ended = $0 { true } else { false } }
        #expect(reused == 1 && ended == Self.calls - 1)
        #expect(try stores[1].findRevocations(after: 0, now: late).sessions.map(\.session) == [session.id])
    }

    @Test("Whoever is first, a refresh or the end of the session, nothing is refreshed after the end")
    func refreshesAgainstEnd() async throws {
        for _ in 0..<Self.rounds {
            let session = try await begin()
            let outcomes = try await race { store, number -> RefreshOutcome? in
                guard number == 40 else { return try await store.rotate(session, 0, now: start) }
                let hasEnded = try await store.endSession(
                    session.id, of: account.id, reason: .loggedOut, limits: sampleLimits, now: start)
                #expect(hasEnded)
                return nil
            }
            let rotations = outcomes.count { if case .rotated? = $0 { true } else { false } }
            let stored = try #require(try stores[2].findSession(session.id))
            #expect(stored.generation == Int64(rotations) && rotations <= 1)
            #expect(stored.end == .init(reason: .loggedOut, unixSeconds: start))
            #expect(try await stores[0].rotate(session, rotations, now: start) == .ended(stored))
        }
    }

    @Test("Of a hundred accounts of one name one is added")
    func accounts() async throws {
        for round in 0..<Self.rounds {
            let results = try await raceForResults { store, _ in
                _ = try await store.insertAccount(sampleAccount("user\(round)"))
            }
            #expect(results.count { $0.failure == nil } == 1)
            #expect(results.count { $0.failure == .usernameTaken } == Self.calls - 1)
        }
        #expect(try stores[0].findAccounts(limit: 1_000).count == Self.rounds + 1)
    }

    @Test("An invite gives one account, and a reset code one new password, to one of a hundred")
    func invites() async throws {
        for round in 0..<Self.rounds {
            let invite = Invite(
                registration: sampleHash(round), roles: ["r"], createdUnixSeconds: start, expiresUnixSeconds: .max)
            let reset = Invite(
                reset: sampleHash(1_000 + round), accountID: account.id, createdUnixSeconds: start,
                expiresUnixSeconds: .max)
            for invite in [invite, reset] {
                _ = try await stores[0].insertInvite(invite, limits: sampleLimits, now: start)
            }
            let accounts = try await raceForResults { store, number in
                _ = try await store.insertAccount(
                    sampleAccount("user\(round)x\(number)"), redeeming: sampleHash(round))
            }
            let passwords = try await raceForResults { store, number in
                _ = try await store.updatePassword(
                    redeemingReset: sampleHash(1_000 + round), to: "hash \(number)", limits: sampleLimits, now: start)
            }
            for results in [accounts, passwords] {
                #expect(results.count { $0.failure == nil } == 1)
                #expect(results.count { $0.failure == .inviteInvalid } == Self.calls - 1)
            }
        }
        #expect(try stores[1].findAccounts(limit: 1_000).count == Self.rounds + 1)
        #expect(try stores[1].findAccount(id: account.id)?.passwordVersion == Int64(Self.rounds))
    }

    @Test("A hundred logins at once leave as many sessions as an account may have, and every other one is revoked")
    func logins() async throws {
        let sessions = (0..<Self.calls).map { _ in sampleSession(of: account) }
        let ended = try await race { store, number in
            try await store.insertSession(
                sessions[number], passwordVersion: 0, limits: sampleLimits, now: start
            ).ended
        }.flatMap { $0 }
        let live = try stores[0].findSessions(of: account.id, limit: 1_000, limits: sampleLimits, now: start)
        #expect(live.count == sampleLimits.perAccount)
        #expect(Set(ended).union(live.map(\.id)) == Set(sessions.map(\.id)))
        #expect(ended.count == Self.calls - sampleLimits.perAccount)
        #expect(try Set(stores[1].findRevocations(after: 0, now: start).sessions.map(\.session)) == Set(ended))
    }

    @Test("Of a hundred new keys for the next turn one is added")
    func keys() async throws {
        for round in 0..<Self.rounds {
            let seen = try await race { store, number in
                try store.updateSigningKeys { rows in
                    var changes = SigningKeyChanges()
                    guard rows.count == round else { return changes }
                    changes.insertions = [
                        StoredSigningKey(
                            kid: "k\(round)x\(number)", algorithm: "ES256", privateKey: [1], createdUnixSeconds: start,
                            signsFromUnixSeconds: start + Int64(round))
                    ]
                    return changes
                }.map(\.kid)
            }
            #expect(Set(seen).count == 1)
        }
        #expect(try stores[0].findSigningKeys().count == Self.rounds)
    }

    @Test("Who follows the revocations by their numbers misses none, whoever writes them")
    func following() async throws {
        let sessions = (0..<Self.calls).map { _ in sampleSession(of: account) }
        let limits = SessionLimits(
            idleSeconds: 3_600, absoluteSeconds: 86_400, graceSeconds: 30, perAccount: 1_000, accessTokenSeconds: 600)
        for session in sessions {
            _ = try await stores[0].insertSession(session, passwordVersion: 0, limits: limits, now: start)
        }
        async let ends = race { store, number in
            try await store.endSession(sessions[number].id, of: nil, reason: .revoked, limits: limits, now: start)
        }
        var followed: [SessionID] = []
        var sequence: Int64 = 0
        var steps = 0
        while followed.count < Self.calls, steps < 1_000_000 {
            let revocations = try stores[1].findRevocations(after: sequence, now: start)
            #expect(revocations.sequence >= sequence)
            sequence = revocations.sequence
            followed += revocations.sessions.map(\.session)
            steps += 1
            await Task.yield()
        }
        #expect(try await ends.allSatisfy { $0 })
        #expect(followed.count == Self.calls && Set(followed) == Set(sessions.map(\.id)))
    }

    private func begin() async throws -> Session {
        let session = sampleSession(of: account)
        _ = try await stores[0].insertSession(session, passwordVersion: 0, limits: sampleLimits, now: start)
        return session
    }

    private func race<Value: Sendable>(
        _ call: @escaping @Sendable (Store, Int) async throws -> Value
    ) async throws -> [Value] {
        try await raceForResults(call).map { try $0.get() }
    }

    private func raceForResults<Value: Sendable>(
        _ call: @escaping @Sendable (Store, Int) async throws -> Value
    ) async throws -> [Result<Value, StorageError>] {
        await withTaskGroup { group in
            for number in 0..<Self.calls {
                let store = stores[number % stores.count]
                group.addTask { await outcome { try await call(store, number) } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }
}
