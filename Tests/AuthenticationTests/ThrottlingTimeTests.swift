import Authentication
import Storage
import TestSupport
import Testing

/// What is counted when the clock jumps, when accounts change and when the table is full.
@Suite struct ThrottlingTimeTests {
    private static let attacker = Client(address: "203.0.113.9", userAgent: "", requestID: "")

    @Test(.promise(27)) func `A clock that jumps ahead ends waits, and one that comes back begins none that is longer`()
        async throws
    {
        let harness = try Harness()
        _ = try await harness.authenticator.register(username: "vicky", password: Harness.password)
        for _ in 0..<10 { #expect(await guess("vicky", at: harness) == .invalidCredentials) }
        for index in 0..<190 { #expect(await guess("name\(index)", at: harness) == .invalidCredentials) }
        #expect(await guess("vicky", at: harness) == .throttled(retryAfter: .seconds(30)))
        let jump = 400 * 86_400
        harness.clock.advance(by: .seconds(jump))
        // All is forgotten, and counted anew from there.
        for _ in 0..<10 { #expect(await guess("vicky", at: harness) == .invalidCredentials) }
        #expect(await guess("vicky", at: harness) == .throttled(retryAfter: .seconds(30)))
        harness.clock.advance(by: .seconds(-jump))
        #expect(await guess("vicky", at: harness) == .throttled(retryAfter: .seconds(30)))
        harness.clock.advance(by: .seconds(3_600))
        #expect(await guess("vicky", Harness.password, at: harness) == nil)
        // The address of that login stays a known one over another jump, and its month passes on the clock as it is.
        harness.clock.advance(by: .seconds(29 * 86_400))
        for index in 0..<100 { _ = await guess("vicky", from: "198.51.100.\(index)", at: harness) }
        #expect(await guess("vicky", from: "192.0.2.1", at: harness) == .throttled(retryAfter: .seconds(3_600)))
        #expect(await guess("vicky", Harness.password, at: harness) == nil)
    }

    @Test(.promise(25)) func `A new password that its owner or the operator set forgets the failures with the old one`()
        async throws
    {
        let harness = try Harness()
        let authenticator = harness.authenticator
        let user = try await authenticator.register(username: "vicky", password: Harness.password)
        func burn() async {
            for index in 0..<100 { _ = await guess("vicky", from: "198.51.100.\(index)", at: harness) }
        }
        await burn()
        #expect(await guess("vicky", Harness.password, at: harness) == .throttled(retryAfter: .seconds(3_600)))
        let code = try await authenticator.makeReset(named: "vicky")
        try await authenticator.resetPassword(code: code, to: "correct horse", from: Self.attacker)
        #expect(await guess("vicky", "correct horse", at: harness) == nil)
        await burn()
        #expect(
            await guess("vicky", "correct horse", from: "192.0.2.1", at: harness)
                == .throttled(retryAfter: .seconds(3_600)))
        try await authenticator.setPassword(id: user.id, to: "battery staple", by: .operator)
        #expect(await guess("vicky", "battery staple", from: "192.0.2.1", at: harness) == nil)
    }

    @Test(.promise(24)) func `Who pauses for three weeks after a hundred failures gets one more, and not a hundred`()
        async throws
    {
        let harness = try Harness()
        _ = try await harness.authenticator.register(username: "vicky", password: Harness.password)
        for index in 0..<100 { _ = await guess("vicky", from: "198.51.100.\(index)", at: harness) }
        harness.clock.advance(by: .seconds(21 * 86_400))
        #expect(await guess("vicky", from: "198.51.100.200", at: harness) == .invalidCredentials)
        #expect(await guess("vicky", from: "198.51.100.201", at: harness) == .throttled(retryAfter: .seconds(3_600)))
        harness.clock.advance(by: .seconds(3_600))
        #expect(await guess("vicky", Harness.password, from: "198.51.100.202", at: harness) == nil)
    }

    private func guess(
        _ name: String, _ password: String = "a wrong password", from address: String = attacker.address,
        at harness: Harness
    ) async -> AuthError? {
        do throws(AuthError) {
            _ = try await harness.authenticator.logIn(
                username: name, password: password, from: Client(address: address, userAgent: "", requestID: ""))
            return nil
        } catch {
            return error
        }
    }
}
