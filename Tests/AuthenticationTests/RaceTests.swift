import Authentication
import Storage
import Synchronization
import TestSupport
import Testing

/// Many at once; the figures of issue 4 in a short form.
@Suite("Races")
struct RaceTests {
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness()
    }

    @Test("A hundred refreshes of one token at once get one successor, round after round", .promise(61))
    func refreshes() async throws {
        var login = try await harness.logIn()
        for round in 0..<10 {
            let current = login
            let sibling = round.isMultiple(of: 2) ? harness : try harness.sibling()
            let harness = harness
            let answers = try await withThrowingTaskGroup(of: LoggedIn.self) { group in
                for index in 0..<100 {
                    group.addTask { try await (index.isMultiple(of: 2) ? harness : sibling).refresh(current) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 100)
            #expect(Set(answers.map(\.refreshToken)).count == 1)
            #expect(answers.allSatisfy { harness.refusal(of: $0) == nil })
            login = try #require(answers.first)
        }
        let id = try #require(SessionID(parsing: login.identity.sessionID ?? ""))
        #expect(try harness.store.findSession(id)?.generation == 10)
    }

    @Test("Of a refresh and a logout at once nothing works afterwards, whoever was first")
    func logOutAgainstRefresh() async throws {
        for _ in 0..<20 {
            let login = try await harness.logIn()
            let identity = login.identity
            let (harness, authenticator) = (harness, authenticator)
            async let refreshed = Result { () async throws(AuthError) in try await harness.refresh(login) }
            async let ended: Void = authenticator.logOut(identity, scope: .this, from: .test)
            let outcome = await refreshed
            try await ended
            #expect(harness.refusal(of: login) == .invalidToken(code: "session_revoked"))
            await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(login) }
            switch outcome {
            case .success(let next):
                #expect(harness.refusal(of: next) == .invalidToken(code: "session_revoked"))
                await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(next) }
            case .failure(let error): #expect(error == .sessionRevoked)
            }
        }
    }

    @Test("While keys rotate nobody is turned away", .promise(70))
    func rotationAgainstVerification() async throws {
        let harness = try Harness {
            $0.keyLead = .seconds(10)
            // The clock runs fast, and no token shall expire in passing.
            $0.accessTokenLifetime = .seconds(100_000)
        }
        let first = try await harness.logIn()
        let end = Flag()
        let (refusals, checks) = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for index in 0..<4 {
                group.addTask {
                    var login = index == 0 ? first : try await harness.logIn("user\(index)")
                    var (refusals, checks) = (0, 0)
                    while !end.isRaised {
                        login = try await harness.refresh(login)
                        for login in [first, login] where harness.refusal(of: login) != nil { refusals += 1 }
                        checks += 1
                    }
                    return (refusals, checks)
                }
            }
            for _ in 0..<20 {
                try await harness.authenticator.rotateKey()
                for _ in 0..<10 {
                    harness.clock.advance(by: .seconds(1))
                    await Task.yield()
                }
            }
            end.raise()
            return try await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
        }
        #expect(refusals == 0)
        #expect(checks > 0)
        #expect(try harness.authenticator.findKeys().count == 21)
    }

    @Test("Of a hundred registrations with one code one makes an account")
    func oneInvite() async throws {
        let harness = try Harness { $0.registration = .invite }
        let code = try await harness.authenticator.makeInvite()
        let outcomes = await withTaskGroup(of: AuthError?.self) { group in
            for index in 0..<100 {
                group.addTask {
                    do throws(AuthError) {
                        _ = try await harness.authenticator.register(
                            username: "user\(index)", password: Harness.password, invite: code, from: .test)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: [AuthError?]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .inviteInvalid } == 99)
        #expect(try harness.authenticator.findUsers().count == 1)
    }

    @Test("A hundred registrations of one name make one account", .promise(19))
    func oneName() async throws {
        let authenticator = authenticator
        let outcomes = await withTaskGroup(of: AuthError?.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    do throws(AuthError) {
                        _ = try await authenticator.register(username: "vicky", password: Harness.password)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: [AuthError?]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .usernameTaken } == 99)
    }

    /// What an operator may do while a password is being hashed.
    enum Change: CaseIterable {
        case password, reset, disabling, deletion
    }

    @Test("A login that began before a change of the account does not outlive it", arguments: Change.allCases)
    func logInAgainstChange(change: Change) async throws {
        let login = try await harness.logIn()
        let (authenticator, id) = (authenticator, login.identity.accountID)
        harness.engine.interrupt {
            do {
                switch change {
                case .password: try await authenticator.setPassword(id: id, to: "correct horse", by: .operator)
                case .reset:
                    let code = try await authenticator.makeReset(named: "vicky")
                    try await authenticator.resetPassword(code: code, to: "correct horse", from: .test)
                case .disabling: try await authenticator.updateState(id: id, isDisabled: true, by: .operator)
                case .deletion: try await authenticator.deleteUser(id: id, by: .operator)
                }
            } catch {
                Issue.record(error)
            }
        }
        await #expect(throws: AuthError.invalidCredentials) {
            try await authenticator.logIn(username: "vicky", password: Harness.password)
        }
        #expect(harness.refusal(of: login) != nil)
    }

    @Test("A change of roles while a login is being hashed is in its token")
    func logInAgainstRoles() async throws {
        let user = try await authenticator.register(username: "vicky", password: Harness.password)
        let authenticator = authenticator
        harness.engine.interrupt {
            do {
                try await authenticator.updateRoles(id: user.id, to: Roles(parsing: ["editor"]), by: .operator)
            } catch {
                Issue.record(error)
            }
        }
        let login = try await authenticator.logIn(username: "vicky", password: Harness.password)
        #expect(try harness.identity(of: login.token).roles == ["editor"])
    }

    @Test("A change of one's own password that began before the operator's does not undo it")
    func ownPasswordAgainstOperator() async throws {
        let login = try await harness.logIn()
        let authenticator = authenticator
        harness.engine.interrupt {
            do {
                try await authenticator.setPassword(username: "vicky", to: "correct horse")
            } catch {
                Issue.record(error)
            }
        }
        await #expect(throws: AuthError.wrongPassword) {
            try await authenticator.updatePassword(
                of: login.identity, current: Harness.password, to: "battery staple", from: .test)
        }
        _ = try await authenticator.logIn(username: "vicky", password: "correct horse")
    }
}

extension Result where Failure == AuthError {
    nonisolated(nonsending) fileprivate init(
        _ body: nonisolated(nonsending) () async throws(AuthError) -> Success
    ) async {
        do throws(AuthError) {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}

private final class Flag: Sendable {
    private let value = Atomic(false)

    var isRaised: Bool { value.load(ordering: .relaxed) }

    func raise() { value.store(true, ordering: .relaxed) }
}
