import Authentication
import Testing

@Suite("Registration by invitation")
struct InviteTests {
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness { $0.registration = .invite }
    }

    private func register(_ name: String, invite: String?) async throws(AuthError) -> User {
        try await authenticator.register(username: name, password: Harness.password, invite: invite, from: .test)
    }

    @Test("A code makes one account, with its roles")
    func once() async throws {
        let code = try await authenticator.makeInvite(roles: Roles(parsing: ["editor", "admin"]))
        let user = try await register("vicky", invite: code)
        #expect(user.roles == ["editor", "admin"])
        await #expect(throws: AuthError.inviteInvalid) { try await register("carol", invite: code) }
        let login = try await authenticator.logIn(username: "vicky", password: Harness.password)
        #expect(login.identity.roles == ["editor", "admin"])
    }

    @Test(
        "Without a good code nothing is hashed", arguments: [nil, "", "x", "gli_" + String(repeating: "A", count: 43)])
    func refused(code: String?) async throws {
        await #expect(throws: AuthError.inviteInvalid) { try await register("vicky", invite: code) }
        #expect(harness.engine.takeCosts() == [])
        let good = try await authenticator.makeInvite()
        _ = try await register("vicky", invite: good)
        #expect(harness.engine.takeCosts() == [4])
    }

    @Test("A refused registration leaves the code as it was")
    func refusedRegistration() async throws {
        let code = try await authenticator.makeInvite()
        _ = try await authenticator.addUser(username: "vicky", password: Harness.password)
        await #expect(throws: AuthError.usernameTaken) { try await register("vicky", invite: code) }
        await #expect(throws: AuthError.invalidUsername([.colon])) { try await register("a:b", invite: code) }
        _ = try await register("carol", invite: code)
    }

    @Test("A code is good for its lifetime and not a second longer")
    func expiry() async throws {
        let (first, second) = (
            try await authenticator.makeInvite(lifetime: .seconds(60)),
            try await authenticator.makeInvite(lifetime: .seconds(60))
        )
        harness.clock.advance(by: .seconds(59))
        _ = try await register("vicky", invite: first)
        harness.clock.advance(by: .seconds(1))
        await #expect(throws: AuthError.inviteInvalid) { try await register("carol", invite: second) }
    }

    @Test("Where registration is closed no code opens it, and where it is open a code gives its roles")
    func otherSettings() async throws {
        let code = try await authenticator.makeInvite(roles: Roles(parsing: ["editor"]))
        let closed = try harness.sibling { $0.registration = .closed }
        await #expect(throws: AuthError.registrationClosed) {
            try await closed.authenticator.register(
                username: "vicky", password: Harness.password, invite: code, from: .test)
        }
        #expect(closed.engine.takeCosts() == [])
        let open = try harness.sibling { $0.registration = .open }
        #expect(try await open.authenticator.register(username: "carol", password: Harness.password).roles == [])
        let user = try await open.authenticator.register(
            username: "vicky", password: Harness.password, invite: code, from: .test)
        #expect(user.roles == ["editor"])
    }
}
