import Authentication
import Bcrypt
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Registering")
struct RegisterTests {
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness()
    }

    @Test(
        "An account holds the name as registered and a bcrypt hash of the configured cost, nothing else", .promise(11))
    func account() async throws {
        let user = try await authenticator.register(username: "Vicky", password: "vicky@12345")
        #expect(user.username == "Vicky")
        #expect(user.roles == [])
        #expect(!user.isDisabled)
        #expect(user.createdUnixSeconds == 1_800_000_000)
        let stored = try #require(try harness.store.findAccount(canonicalUsername: "vicky"))
        #expect(stored.id.text == user.id)
        #expect(try #/\$2b\$04\$[./A-Za-z0-9]{53}/#.wholeMatch(in: stored.passwordHash) != nil)
        #expect(harness.engine.takeCosts() == [4])
    }

    @Test("Two accounts with one password have different hashes, and no file holds the password", .promise(11))
    func salted() async throws {
        _ = try await authenticator.register(username: "one", password: "canary-5309")
        _ = try await authenticator.register(username: "two", password: "canary-5309")
        let hashes = try harness.store.findAccounts(limit: 10).map(\.passwordHash)
        #expect(Set(hashes).count == 2)
        for suffix in ["", "-wal"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: harness.folder.database + suffix))
            #expect(bytes.range(of: Data("canary".utf8)) == nil)
        }
        let log = try Data(contentsOf: URL(fileURLWithPath: harness.folder.database + "-wal"))
        #expect(log.range(of: Data(hashes[0].utf8)) != nil)
    }

    @Test("A password of more than 72 bytes is stored under the scheme that sees all of it")
    func longPassword() async throws {
        _ = try await authenticator.register(username: "long", password: String(repeating: "xyz", count: 30))
        let stored = try #require(try harness.store.findAccount(canonicalUsername: "long"))
        #expect(stored.passwordHash.hasPrefix("$bcrypt-sha256$v=2,t=2b,r=4$"))
    }

    @Test(
        "A name that folds to a taken one is taken, before any hashing", .promise(17, 18),
        arguments: [
            ("bigbird", "ᴮᴵᴳᴮᴵᴿᴰ"), ("ᴮᴵᴳᴮᴵᴿᴰ", "BigBird"), ("kim", "\u{212A}im"), ("mike", "mıke"),
            ("susan", "\u{17F}usan"),
            ("strasse", "straße"), ("fish", "\u{FB01}sh"), ("José", "Jose\u{301}"), ("vicky", "vicky"),
            ("vicky", "VICKY"),
        ])
    func taken(first: String, second: String) async throws {
        let user = try await authenticator.register(username: first, password: "correct horse")
        _ = harness.engine.takeCosts()
        await #expect(throws: AuthError.usernameTaken) {
            try await authenticator.register(username: second, password: "battery staple")
        }
        #expect(harness.engine.takeCosts() == [])
        // The variant is the same account: its password is the first one's, its subject too.
        let login = try await authenticator.logIn(username: second, password: "correct horse")
        #expect(login.identity.accountID == user.id)
        #expect(login.identity.username == first)
        await #expect(throws: AuthError.invalidCredentials) {
            try await authenticator.logIn(username: second, password: "battery staple")
        }
        #expect(try authenticator.findUsers().count == 1)
    }

    @Test("Of 100 registrations of one name at once exactly one succeeds", .promise(19))
    func concurrent() async throws {
        let outcomes = await withTaskGroup(of: Result<User, AuthError>.self) { group in
            for index in 0..<100 {
                group.addTask {
                    do throws(AuthError) {
                        let name = index.isMultiple(of: 2) ? "vicky" : "VICKY"
                        return .success(
                            try await authenticator.register(username: name, password: "password of \(index)"))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let winners = outcomes.compactMap { try? $0.get() }
        #expect(winners.count == 1)
        #expect(outcomes.count { $0 == .failure(.usernameTaken) } == 99)
        #expect(try authenticator.findUsers() == winners)
    }

    @Test("Closed registration is said before anything is looked at, and the operator still adds accounts")
    func closed() async throws {
        let harness = try Harness { $0.registration = .closed }
        for (name, password) in [("vicky", "vicky@12345"), ("", ""), ("a:b", "\0")] {
            await #expect(throws: AuthError.registrationClosed) {
                try await harness.authenticator.register(username: name, password: password)
            }
        }
        #expect(harness.engine.takeCosts() == [])
        let roles = try Roles(parsing: ["admin"])
        let user = try await harness.authenticator.addUser(username: "root", password: "correct horse", roles: roles)
        #expect(user.roles == ["admin"])
        _ = try await harness.authenticator.logIn(username: "root", password: "correct horse")
    }

    @Test(
        "What cannot be an account is refused with its reasons, before hashing", .promise(4),
        arguments: [
            ("", "correct horse", .invalidUsername([.empty])),
            ("a:b", "correct horse", .invalidUsername([.colon])),
            ("a\u{202E}b", "correct horse", .invalidUsername([.formatCharacter])),
            ("vicky", "short", .weakPassword([.tooShort])),
            ("vicky", "VICKY2024", .weakPassword([.resemblesUsername])),
            ("vicky", "password", .weakPassword([.common])),
            ("vicky", "gatelodge1", .weakPassword([.resemblesProduct])),
            ("vicky", String(repeating: "x", count: 1_025), .weakPassword([.tooLong])),
            ("vicky", String(repeating: "x", count: 1 << 20), .weakPassword([.tooLong])),
            ("vicky", "correct\0horse", .malformedPassword),
        ] as [(String, String, AuthError)])
    func refused(username: String, password: String, error: AuthError) async throws {
        await #expect(throws: error) { try await authenticator.register(username: username, password: password) }
        #expect(harness.engine.takeCosts() == [])
        #expect(try authenticator.findUsers() == [])
        _ = try await authenticator.register(username: "vicky", password: "vicky@12345")
    }

    @Test("What keeps us from hashing or storing is a fault of ours, and leaves no account", .promise(87))
    func unavailable() async throws {
        harness.engine.refuse(with: .overloaded(retryAfter: .seconds(3)))
        await #expect(throws: AuthError.overloaded(retryAfter: .seconds(3))) {
            try await authenticator.register(username: "vicky", password: "vicky@12345")
        }
        harness.engine.refuse(with: .stopped)
        await #expect(throws: AuthError.unavailable(cause: "the password hasher has stopped")) {
            try await authenticator.register(username: "vicky", password: "vicky@12345")
        }
        harness.engine.refuse(with: nil)
        #expect(try authenticator.findUsers() == [])
        _ = try await authenticator.register(username: "vicky", password: "vicky@12345")
        try harness.store.close()
        await #expect {
            try await authenticator.register(username: "other", password: "vicky@12345")
        } throws: { error in
            if case AuthError.unavailable = error { true } else { false }
        }
    }
}
