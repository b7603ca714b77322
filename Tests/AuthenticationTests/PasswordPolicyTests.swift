import Authentication
import TestSupport
import Testing

@Suite("The password policy")
struct PasswordPolicyTests {
    @Test(
        "Length counts in code points", .promise(1),
        arguments: [
            ("", [.tooShort]), ("abcdefg", [.tooShort]), ("kzqwvxpm", []),
            (String(repeating: "\u{1F600}", count: 7), [.tooShort]),
            (String(repeating: "\u{1F600}", count: 8), []), (String(repeating: "\u{1F600}", count: 64), []),
            (String(repeating: "e\u{301}", count: 7), [.tooShort]),
        ] as [(String, [PasswordWeakness])])
    func length(password: String, expected: [PasswordWeakness]) throws {
        #expect(try weaknesses(password) == expected)
    }

    @Test("The minimum is a setting", .promise(1))
    func minimum() throws {
        let policy = PasswordPolicy(minimumCodePoints: 15)
        #expect(try weaknesses("kzqwvxpmkzqwvx", policy: policy) == [.tooShort])
        #expect(try weaknesses("kzqwvxpmkzqwvxp", policy: policy) == [])
    }

    @Test(
        "No composition is asked for", .promise(5),
        arguments: ["lower case only", "UPPERONLY", "83920174", " p q r s ", "パスワードです。長い", "vicky@12345"])
    func composition(password: String) throws {
        #expect(try weaknesses(password, username: "vicky") == [])
    }

    @Test(
        "What everybody tries first is refused in any case or width", .promise(9),
        arguments: [
            "password", "PassWord", "ｐａｓｓｗｏｒｄ", "12345678", "qwertyuiop", "iloveyou", "contrasen\u{303}a", "P@ssw0rd",
        ])
    func common(password: String) throws {
        #expect(try weaknesses(password) == [.common])
    }

    @Test(
        "The username, reversed, in another case, or with up to four digits at its ends is refused", .promise(10),
        arguments: [
            ("victoria", "victoria"), ("victoria", "VICTORIA"), ("Victoria", "victoria"), ("victoria", "airotciv"),
            ("victoria", "Airotciv1"),
            ("victoria", "victoria1"), ("victoria", "victoria2024"), ("victoria", "2024victoria"),
            ("victoria", "12victoria34"),
            ("bob12345", "bob123456"), ("ßtraßenß", "sstrassenss"), ("é1234567", "7654321e\u{301}"),
            ("vicky", "vicky123"),
        ])
    func username(username: String, password: String) throws {
        #expect(try weaknesses(password, username: username) == [.resemblesUsername])
    }

    @Test(
        "More than that is another password", .promise(10),
        arguments: [
            "victoria12345", "1victoria2345", "victoria!", "vict0ria", "victoriavictoria", "xvictoria", "victori",
        ])
    func notUsername(password: String) throws {
        #expect(try !weaknesses(password, username: "victoria").contains(.resemblesUsername))
    }

    @Test(
        "So is the name of the product or site", .promise(10),
        arguments: ["gatelodge", "GateLodge2024", "egdoletag", "example9"])
    func product(password: String) throws {
        let policy = PasswordPolicy(productNames: ["gatelodge", "Example", ""])
        #expect(try weaknesses(password, policy: policy) == [.resemblesProduct])
        #expect(try weaknesses("gatelodge-and-more", policy: policy) == [])
    }

    @Test("All reasons are given together", .promise(9, 10))
    func several() throws {
        #expect(try weaknesses("bob1", username: "bob") == [.tooShort, .resemblesUsername])
        #expect(try weaknesses("password", username: "Password") == [.common, .resemblesUsername])
    }

    private func weaknesses(
        _ password: String, username: String = "somebody-else", policy: PasswordPolicy = PasswordPolicy()
    ) throws -> [PasswordWeakness] {
        try policy.weaknesses(of: try Password(parsing: password), for: try Username(parsing: username))
    }
}
