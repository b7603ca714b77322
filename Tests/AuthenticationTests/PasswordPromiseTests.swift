import Authentication
import TestSupport
import Testing

/// What passwords and names promise over time and over all of Unicode.
@Suite struct PasswordPromiseTests {
    @Test(.promise(15)) func `A password is as good after three years as on the first day`() async throws {
        let harness = try Harness()
        _ = try await harness.logIn()
        harness.clock.advance(by: .seconds(3 * 366 * 86_400))
        _ = try await harness.authenticator.logIn(username: "vicky", password: Harness.password, from: .test)
        await #expect(throws: AuthError.invalidCredentials) {
            try await harness.authenticator.logIn(username: "vicky", password: "vicky@12346", from: .test)
        }
    }

    @Test(.promise(7), .enabled(if: Corpora.isPresent, "\(Corpora.absence)"))
    func `Source, NFC and NFD of each line of NormalizationTest are one password`() throws {
        let lines = try UnicodeCorpus.normalizationTest()
        #expect(lines.count == 19_074)
        let wrong = try lines.filter { columns in
            let passwords = try columns.prefix(3).map { try bytes($0) }
            return Set(passwords).count != 1
        }
        #expect(wrong == [])
        // Compatibility forms are other passwords.
        #expect(try bytes("\u{FB01}") != bytes("fi"))
    }

    @Test(
        .promise(18),
        arguments: [
            ("k", "\u{212A}"), ("i", "ı"), ("s", "ſ"), ("ss", "ß"), ("fi", "ﬁ"), ("bigbird", "ᴮᴵᴳᴮᴵᴿᴰ"),
            ("mike", "mıke"),
            ("İ", "i\u{307}"), ("ǆ", "ǅ"), ("vicky", "ｖｉｃｋｙ"), ("σ", "ς"),
        ])
    func `Of two names that fold together the second cannot register, and reaches the first one's account alone`(
        first: String, second: String
    ) async throws {
        for (first, second) in [(first, second), (second, first)] {
            let harness = try Harness()
            let authenticator = harness.authenticator
            let owner = try await authenticator.register(username: first, password: "correct horse")
            let other = try await authenticator.register(username: "somebody", password: "battery staple")
            await #expect(throws: AuthError.usernameTaken) {
                try await authenticator.register(username: second, password: "battery staple")
            }
            for name in [first, second] {
                let login = try await authenticator.logIn(username: name, password: "correct horse", from: .test)
                #expect(login.identity.accountID == owner.id)
                #expect(login.identity.accountID != other.id)
                await #expect(throws: AuthError.invalidCredentials) {
                    try await authenticator.logIn(username: name, password: "battery staple", from: .test)
                }
            }
        }
    }

    private func bytes(_ text: String) throws -> [UInt8] {
        try Password(parsing: text).withBytes { span in span.indices.map { span[$0] } }
    }
}
