import Authentication
import Testing

@Suite("The operator's view of users")
struct UsersTests {
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness()
    }

    @Test("Users are listed page by page")
    func pages() async throws {
        for name in ["Carol", "alice", "Bob"] {
            _ = try await authenticator.addUser(username: name, password: "correct horse")
        }
        let first = try authenticator.findUsers(limit: 2)
        #expect(first.map(\.username) == ["alice", "Bob"])
        #expect(
            try authenticator.findUsers(after: first.last?.canonicalUsername, limit: 2).map(\.username) == ["Carol"])
    }

    @Test("A new password replaces the old one, in whatever form the name is given")
    func updatePassword() async throws {
        _ = try await authenticator.addUser(username: "Vicky", password: "correct horse")
        try await authenticator.setPassword(username: "vICKY", to: "battery staple")
        _ = try await authenticator.logIn(username: "vicky", password: "battery staple")
        await #expect(throws: AuthError.invalidCredentials) {
            try await authenticator.logIn(username: "vicky", password: "correct horse")
        }
    }

    @Test("A new password is judged like a first one, and the old one stays")
    func weakUpdate() async throws {
        _ = try await authenticator.addUser(username: "vicky", password: "correct horse")
        await #expect(throws: AuthError.weakPassword([.resemblesUsername])) {
            try await authenticator.setPassword(username: "vicky", to: "ykciv2024")
        }
        await #expect(throws: AuthError.weakPassword([.tooShort])) {
            try await authenticator.setPassword(username: "vicky", to: "")
        }
        await #expect(throws: AuthError.accountMissing) {
            try await authenticator.setPassword(username: "nobody", to: "battery staple")
        }
        _ = try await authenticator.logIn(username: "vicky", password: "correct horse")
    }

    @Test(
        "What is no set of roles is refused",
        arguments: [
            [""], ["Admin"], ["a b"], ["ä"], ["a,b"], ["a\0"], [String(repeating: "r", count: 33)], ["a", "a"],
            (0..<17).map { "role\($0)" },
        ])
    func malformedRoles(names: [String]) {
        #expect(throws: AuthError.invalidRoles) { try Roles(parsing: names) }
    }

    @Test(
        "What is one is kept in its order",
        arguments: [[], ["admin"], ["b", "a"], ["a:b_c-9", String(repeating: "r", count: 32)]])
    func roles(names: [String]) throws {
        #expect(try Roles(parsing: names).names == names)
    }
}
