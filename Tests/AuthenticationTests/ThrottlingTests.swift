import Authentication
import Bcrypt
import Storage
import TestSupport
import Testing

/// Guessing has limits that no number of tries at once gets around.
@Suite struct ThrottlingTests {
    private static let victim = Client(address: "192.0.2.1", userAgent: "", requestID: "")
    private static let attacker = Client(address: "203.0.113.9", userAgent: "", requestID: "")

    private let harness: Harness

    init() async throws {
        harness = try Harness()
        _ = try await harness.authenticator.register(username: "vicky", password: Harness.password)
    }

    @Test(.promise(21), arguments: ["vicky", "nobody", "no:name"])
    func `The eleventh wrong password is not hashed, whether or not there is such an account`(name: String) async throws
    {
        _ = harness.engine.takeCosts()
        for _ in 0..<10 { #expect(await guess(name) == .invalidCredentials) }
        #expect(await guess(name) == .throttled(retryAfter: .seconds(30)))
        #expect(await guess(name, Harness.password) == .throttled(retryAfter: .seconds(30)))
        #expect(harness.engine.takeCosts().count == 10)
        // Another account from there, and this one from elsewhere, are judged.
        #expect(await guess("someone") == .invalidCredentials)
        #expect(await guess(name, from: Self.victim) == .invalidCredentials)
    }

    @Test(.promise(27)) func `The wait that was named is the wait, and it doubles up to the longest`() async throws {
        for _ in 0..<10 { #expect(await guess("vicky") == .invalidCredentials) }
        for wait in [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600] {
            #expect(await guess("vicky") == .throttled(retryAfter: .seconds(wait)))
            harness.clock.advance(by: .seconds(wait - 1))
            #expect(await guess("vicky") == .throttled(retryAfter: .seconds(1)))
            harness.clock.advance(by: .seconds(1))
            #expect(await guess("vicky") == .invalidCredentials)
        }
        harness.clock.advance(by: .seconds(3_600))
        #expect(await guess("vicky", Harness.password) == nil)
        // The success has reset them all.
        for _ in 0..<10 { #expect(await guess("vicky") == .invalidCredentials) }
    }

    @Test(.promise(24, 25))
    func `A hundred failures from anywhere hold up strangers, not the session and not the known address`()
        async throws
    {
        let login = try await harness.logIn(from: Self.victim)
        _ = harness.engine.takeCosts()
        for index in 0..<100 {
            #expect(await guess("vicky", from: stranger(index)) == .invalidCredentials)
        }
        #expect(await guess("vicky", from: stranger(100)) == .throttled(retryAfter: .seconds(3_600)))
        #expect(await guess("vicky", Harness.password, from: stranger(101)) == .throttled(retryAfter: .seconds(3_600)))
        #expect(harness.engine.takeCosts().count == 100)
        #expect(harness.refusal(of: login) == nil)
        _ = try await harness.refresh(login)
        #expect(await guess("vicky", Harness.password, from: Self.victim) == nil)
        // That success was one of the account's, so strangers begin again; after the window they would as well.
        #expect(await guess("vicky", from: stranger(102)) == .invalidCredentials)
    }

    @Test(.promise(25)) func `Nobody is locked out for good: strangers get a turn after the longest wait`() async throws
    {
        for index in 0..<100 { #expect(await guess("vicky", from: stranger(index)) == .invalidCredentials) }
        harness.clock.advance(by: .seconds(3_599))
        #expect(await guess("vicky", Harness.password, from: Self.victim) == .throttled(retryAfter: .seconds(1)))
        harness.clock.advance(by: .seconds(1))
        #expect(await guess("vicky", Harness.password, from: Self.victim) == nil)
    }

    @Test func `An address has a budget for all accounts together, which fills again`() async throws {
        for index in 0..<200 { #expect(await guess("name\(index)") == .invalidCredentials) }
        #expect(await guess("name200") == .throttled(retryAfter: .seconds(18)))
        #expect(await guess("name200", from: Self.victim) == .invalidCredentials)
        harness.clock.advance(by: .seconds(18))
        #expect(await guess("name200") == .invalidCredentials)
        #expect(await guess("name201") == .throttled(retryAfter: .seconds(18)))
    }

    @Test func `An IPv6 address counts as its 64, and IPv4 within IPv6 as itself`() async throws {
        for host in 0..<10 { #expect(await guess("vicky", from: at("2001:db8::\(host)")) == .invalidCredentials) }
        #expect(await guess("vicky", from: at("2001:db8::ffff:1")) == .throttled(retryAfter: .seconds(30)))
        #expect(await guess("vicky", from: at("2001:db8:0:1::1")) == .invalidCredentials)
        for _ in 0..<10 { #expect(await guess("vicky", from: at("::ffff:192.0.2.77")) == .invalidCredentials) }
        #expect(await guess("vicky", from: at("192.0.2.77")) == .throttled(retryAfter: .seconds(30)))
        #expect(await guess("vicky", from: at("::ffff:192.0.2.78")) == .invalidCredentials)
    }

    @Test(.promise(21)) func `Registrations of an address have a budget, taken names included`() async throws {
        let harness = try Harness { $0.throttleRegistrations = 3 }
        func register(_ name: String, from client: Client) async -> AuthError? {
            await refusal { () async throws(AuthError) in
                _ = try await harness.authenticator.register(username: name, password: Harness.password, from: client)
            }
        }
        #expect(await register("a", from: Self.attacker) == nil)
        #expect(await register("a", from: Self.attacker) == .usernameTaken)
        #expect(await register("b", from: Self.attacker) == nil)
        #expect(await register("c", from: Self.attacker) == .throttled(retryAfter: .seconds(1_200)))
        #expect(await register("a", from: Self.attacker) == .throttled(retryAfter: .seconds(1_200)))
        #expect(await register("c", from: Self.victim) == nil)
        harness.clock.advance(by: .seconds(1_200))
        #expect(await register("d", from: Self.attacker) == nil)
    }

    @Test func `A wrong current password counts as a wrong password`() async throws {
        let login = try await harness.logIn(from: Self.attacker)
        let authenticator = harness.authenticator
        func change() async -> AuthError? {
            await refusal { () async throws(AuthError) in
                try await authenticator.updatePassword(
                    of: login.identity, current: "wrong", to: "correct horse battery", from: Self.attacker)
            }
        }
        func delete() async -> AuthError? {
            await refusal { () async throws(AuthError) in
                try await authenticator.deleteAccount(of: login.identity, password: "wrong", from: Self.attacker)
            }
        }
        for _ in 0..<5 {
            #expect(await change() == .wrongPassword)
            #expect(await delete() == .wrongPassword)
        }
        #expect(await change() == .throttled(retryAfter: .seconds(30)))
        #expect(await delete() == .throttled(retryAfter: .seconds(30)))
        #expect(await guess("vicky", Harness.password) == .throttled(retryAfter: .seconds(30)))
        #expect(harness.refusal(of: login) == nil)
        // The owner at another address still changes it.
        try await authenticator.updatePassword(
            of: login.identity, current: Harness.password, to: "correct horse battery", from: Self.victim)
    }

    @Test(.promise(26)) func `Whatever a hundred try at once in two processes, no more is hashed than the limit`()
        async throws
    {
        for round in 0..<4 {
            let harnesses = [harness, try harness.sibling()]
            for harness in harnesses { _ = harness.engine.takeCosts() }
            let outcomes = await withTaskGroup(of: AuthError?.self) { group in
                for index in 0..<100 {
                    group.addTask { await guess("name\(round)", at: harnesses[index % 2]) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(harnesses.map { $0.engine.takeCosts().count }.reduce(0, +) == 10)
            #expect(outcomes.count { $0 == .invalidCredentials } == 10)
            #expect(outcomes.count { $0 == .throttled(retryAfter: .seconds(30)) } == 90)
        }
    }

    @Test func `Sixty-four clients of one account log in at once, and none is refused`() async throws {
        let harness = harness
        let outcomes = await withTaskGroup(of: AuthError?.self) { group in
            for _ in 0..<64 { group.addTask { await guess("vicky", Harness.password, at: harness) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        // On a busy machine one may come too late, which is another answer than that it had tried too often.
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .overloaded(retryAfter: .seconds(1)) }, "\(outcomes)")
        #expect(outcomes.contains(nil))
        // And nothing of it is left.
        for _ in 0..<10 { #expect(await guess("vicky") == .invalidCredentials) }
        #expect(await guess("vicky") == .throttled(retryAfter: .seconds(30)))
    }

    @Test func `What could not be judged does not count`() async throws {
        harness.engine.refuse(with: .overloaded(retryAfter: .seconds(1)))
        for _ in 0..<20 { #expect(await guess("vicky") == .overloaded(retryAfter: .seconds(1))) }
        harness.engine.refuse(with: nil)
        for _ in 0..<10 { #expect(await guess("vicky") == .invalidCredentials) }
        #expect(await guess("vicky") == .throttled(retryAfter: .seconds(30)))
    }

    @Test func `A clock that was put back keeps nobody waiting for longer than the longest wait`() async throws {
        harness.clock.advance(by: .seconds(1_000_000))
        for _ in 0..<10 { #expect(await guess("vicky") == .invalidCredentials) }
        for index in 0..<190 { #expect(await guess("name\(index)") == .invalidCredentials) }
        harness.clock.advance(by: .seconds(-1_000_000))
        #expect(await guess("vicky") != nil)
        harness.clock.advance(by: .seconds(3_600))
        #expect(await guess("vicky", Harness.password) == nil)
    }

    @Test func `Unlocking forgets the failures at every address`() async throws {
        for _ in 0..<10 { #expect(await guess("vicky") == .invalidCredentials) }
        for index in 0..<90 { #expect(await guess("vicky", from: stranger(index)) == .invalidCredentials) }
        #expect(await guess("vicky", from: Self.victim) == .throttled(retryAfter: .seconds(3_600)))
        let authenticator = harness.authenticator
        let id = try authenticator.findUser(named: "vicky").id
        try await authenticator.unlock(id: id, by: .operator)
        #expect(await guess("vicky", from: Self.victim) == .invalidCredentials)
        #expect(await guess("vicky", Harness.password) == nil)
        #expect(try authenticator.findAudit(account: id).contains { $0.event == "account_unlock" })
    }

    @Test func `Nothing is counted where the operator wants it so`() async throws {
        let harness = try Harness { $0.isThrottling = false }
        for _ in 0..<30 { #expect(await guess("vicky", at: harness) == .invalidCredentials) }
    }

    private func guess(
        _ name: String, _ password: String = "a wrong password", from client: Client = attacker
    ) async -> AuthError? {
        await Self.guess(name, password, from: client, at: harness)
    }

    private func guess(_ name: String, _ password: String = "a wrong password", at harness: Harness) async -> AuthError?
    {
        await Self.guess(name, password, from: Self.attacker, at: harness)
    }

    private static func guess(
        _ name: String, _ password: String, from client: Client, at harness: Harness
    ) async -> AuthError? {
        do throws(AuthError) {
            _ = try await harness.authenticator.logIn(username: name, password: password, from: client)
            return nil
        } catch {
            return error
        }
    }

    private func refusal(_ body: () async throws(AuthError) -> Void) async -> AuthError? {
        do throws(AuthError) {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    private func stranger(_ index: Int) -> Client { at("198.51.100.\(index)") }

    private func at(_ address: String) -> Client { Client(address: address, userAgent: "", requestID: "") }
}
