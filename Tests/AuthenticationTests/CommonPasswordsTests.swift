import Authentication
import Foundation
import TestSupport
import Testing

/// What is refused by rule, and by what the Debian packages list.
@Suite struct CommonPasswordsTests {
    @Test(
        .promise(9),
        arguments: [
            // Walks over three keyboards and a number pad, there and back.
            "qwertyuiop", "poiuytrewq", "asdfghjkl", "1qaz2wsx", "qazwsxedc", "1q2w3e4r5t", "zaq12wsx", "qwertzuiop",
            "yxcvbnm,",
            "azertyuiop", "147258369", "147852369", "qwerty123", "asdf1234",
            // Counting and repeating.
            "12345678", "87654321", "01234567", "1234567890", "0987654321", "abcdefgh", "hgfedcba", "abcd1234",
            "123456abc",
            "a1234567", "12345678a", "00000000", "aaaaaaaa", "abababab", "12341234", "abcabcabc", "11223344",
            "10203040",
            "a1b2c3d4", "13131313", "19841984",
            // Dates.
            "19841231", "31121984", "12311984", "31.12.1984", "1984-12-31",
            // Words, and what people do to them.
            "password", "Password1", "P@ssw0rd!", "pa55w0rd2024", "2024password", "passwordpassword", "administrator",
            "adm1n1234",
            "ADMIN123456789", "welcome2024!", "Summer2024!", "contrasen\u{303}a", "пароль123", "Пароль12", "letmein99",
            "iloveyou2", "changeme!", "test12345678",
        ])
    func `What follows a simple rule is common`(password: String) throws {
        #expect(try weaknesses(password) == [.common])
    }

    @Test(
        .promise(5),
        arguments: [
            "kzqwvxpm", "correct horse battery", "vicky@12345", "83920174", "31415926", "lower case only", "UPPERONLY",
            "paſſionfruit jam", "we were dressed up", "treehouse-at-noon", "passwords are dull", "admin of the year",
            "qwerty is a walk, this is none", "19841331", "20991399", "Tr0ub4dor&3", "パスワードです。長い",
            String(repeating: "x", count: 64), String(repeating: "\u{1F600}", count: 8),
            String(repeating: "ab", count: 13),
            "summer of 69", "mein Hund heißt Bello",
        ])
    func `What takes some thought is not`(password: String) throws {
        #expect(try weaknesses(password) == [])
    }

    @Test func `Of passwords made by chance next to none is refused, in any alphabet`() throws {
        var generator = Numbers(state: 20_261_128)
        for (alphabet, most) in [("abcdefghijklmnopqrstuvwxyz", 2), ("abcdefghijklmnopqrstuvwxyz0123456789", 2)] {
            let letters = Array(alphabet)
            let refused = try (0..<2_000).count { _ in
                let password = String((0..<10).map { _ in letters[Int(generator.next() % UInt64(letters.count))] })
                return try !weaknesses(password).isEmpty
            }
            #expect(refused <= most, "\(alphabet)")
        }
    }

    @Test(.promise(9), .enabled(if: Packages.arePresent, "cracklib-runtime and python3-zxcvbn are not installed"))
    func `Every word that the Debian packages list is refused, in any case, and twice`() throws {
        let dictionaries = Dictionaries()
        let policy = PasswordPolicy(dictionaries: dictionaries)
        let words = try Packages.cracklib() + Packages.zxcvbn()
        #expect(words.count > 40_000)
        #expect(words.filter { !dictionaries.contain(Array($0.utf8)) } == [])
        for index in stride(from: 0, to: words.count, by: 97) {
            let (word, capitals) = (words[index], words[index].uppercased())
            #expect(try weaknesses(word, policy) == [.common] && weaknesses(capitals, policy) == [.common], "\(word)")
        }
        #expect(try weaknesses("absorption", policy) == [.common])
        #expect(try weaknesses("absorption") == [])
        #expect(try weaknesses("fredfred", policy) == [.common])
        #expect(try weaknesses("absorption of light", policy) == [])
    }

    @Test func `Packages that are not installed, or hold something else, add nothing`() throws {
        let folder = try TemporaryFolder()
        let other = folder.path + "/other"
        try Data((0...255).map { UInt8($0) }).write(to: URL(fileURLWithPath: other))
        let policy = PasswordPolicy(dictionaries: Dictionaries(paths: [folder.path + "/none", folder.path, other]))
        #expect(try weaknesses("absorption", policy) == [])
        #expect(try weaknesses("password", policy) == [.common])
    }

    private func weaknesses(
        _ password: String, _ policy: PasswordPolicy = PasswordPolicy()
    ) throws -> [PasswordWeakness] {
        try policy.weaknesses(of: try Password(parsing: password), for: try Username(parsing: "somebody-else"))
    }
}

/// What stands in the files of the Debian packages, read in another way than by the product.
private enum Packages {
    static let arePresent = Dictionaries.debian.allSatisfy { FileManager.default.fileExists(atPath: $0) }

    static func cracklib() throws -> [String] { try long(text(0).split(separator: "\n")) }

    static func zxcvbn() throws -> [String] {
        try text(1).split(separator: "\"").filter { $0.utf8.count > 1_000 }
            .flatMap { long($0.split(separator: ",")) }
    }

    private static func text(_ index: Int) throws -> String {
        try String(contentsOfFile: Dictionaries.debian[index], encoding: .utf8)
    }

    private static func long(_ words: [Substring]) -> [String] {
        words.filter { $0.unicodeScalars.count >= PasswordPolicy.standardMinimumCodePoints }.map(String.init)
    }
}

/// The same numbers in every run (xorshift64).
private struct Numbers {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
