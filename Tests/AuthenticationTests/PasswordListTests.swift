import Authentication
import Foundation
import TestSupport
import Testing

/// The operator's own list: sorted lines in a file.
@Suite struct PasswordListTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(.promise(9), arguments: ["\n", "\r\n"], [true, false])
    func `Every line of a text is found, in the middle and at both ends, and nothing else is`(
        lineEnd: String, endsWithLineEnd: Bool
    ) throws {
        for count in 1...40 {
            let words = sorted((0..<count).map { "tree house \($0 * 7919 % 1_000)" })
            let text = words.joined(separator: lineEnd) + (endsWithLineEnd ? lineEnd : "")
            let policy = try policy(text)
            for word in words { #expect(try weaknesses(word, policy) == [.common], "\(word) of \(count)") }
            for word in ["tree house", "tree house x", "zzz tree house", "a tree house", "tree house 1000"] {
                #expect(try weaknesses(word, policy) == [], "\(word) of \(count)")
            }
        }
    }

    @Test func `A text holds passwords as they were, and lower-case ones stand for all`() throws {
        let policy = try policy("Tree House\nparson's egg\nzo\u{EB}'s garden\n")
        #expect(try weaknesses("Tree House", policy) == [.common])
        #expect(try weaknesses("tree house", policy) == [])
        #expect(try weaknesses("PARSON'S EGG", policy) == [.common])
        #expect(try weaknesses("zoe\u{308}'s garden", policy) == [.common])
    }

    @Test(.promise(9), arguments: [DigestLines.upper, DigestLines.counted, DigestLines.lower, DigestLines.sha256])
    func `Digests in either case, with counts or without, find their passwords`(lines: [String]) throws {
        let policy = try policy(sorted(lines).joined(separator: "\r\n") + "\r\n")
        for word in DigestLines.words { #expect(try weaknesses(word, policy) == [.common], "\(word)") }
        #expect(try weaknesses("TREE HOUSE", policy) == [.common])
        #expect(try weaknesses("tree house!", policy) == [])
    }

    @Test func `A list of many megabytes is searched as well`() throws {
        let words = (0..<400_000).map { "number \(1_000_000 + $0)" }
        let policy = try policy(words.joined(separator: "\n"))
        for index in stride(from: 0, to: words.count, by: 9_973) {
            #expect(try weaknesses(words[index], policy) == [.common])
            #expect(try weaknesses(words[index] + "x", policy) == [])
        }
    }

    @Test(
        arguments: [
            ("", .empty),
            ("b tree\na tree\n", .unsorted(place: "line 2")),
            ("a tree\nB tree\n", .unsorted(place: "line 2")),
            ("a tree\nb\0tree\n", .malformed(place: "line 2")),
            (String(repeating: "x", count: 5_000), .lineTooLong(place: "line 1")),
            ("a tree\n" + String(repeating: "x", count: 5_000) + "\n", .lineTooLong(place: "line 2")),
            (DigestLines.upper.sorted().reversed().joined(separator: "\n"), .unsorted(place: "line 2")),
            (DigestLines.upper.sorted().joined(separator: "\n") + "\nFFFF\n", .malformed(place: "line 4")),
            (DigestLines.upper.sorted()[0] + "\n" + DigestLines.sha256.sorted()[2] + "\n", .malformed(place: "line 2")),
            (
                DigestLines.upper.sorted()[0] + "\n" + DigestLines.upper.sorted()[1] + ":many\n",
                .malformed(place: "line 2")
            ),
        ] as [(String, PasswordListFault)])
    func `What cannot be searched is refused with its line`(text: String, fault: PasswordListFault) throws {
        #expect(throws: fault) { try PasswordList(path: file(text)) }
    }

    @Test func `What is no file of ours to read is refused`() throws {
        #expect(throws: PasswordListFault.absent) { try PasswordList(path: folder.path + "/none") }
        #expect(throws: PasswordListFault.notRegular) { try PasswordList(path: folder.path) }
        #expect(throws: PasswordListFault.notRegular) { try PasswordList(path: "/dev/null") }
        _ = try PasswordList(path: file("a tree\n"))
    }

    @Test func `A large file that is not sorted is noticed by a sample`() throws {
        let words = (0..<400_000).map { "number \(1_000_000 + $0)" }
        _ = try PasswordList(path: file(words.joined(separator: "\n")))
        #expect {
            try PasswordList(path: file(words.reversed().joined(separator: "\n")))
        } throws: { error in
            if case PasswordListFault.unsorted = error { true } else { false }
        }
    }

    @Test func `A list that is replaced goes on as it was, one that is cut short is a fault of ours and no crash`()
        async throws
    {
        let path = try file("a tree house\nb tree house\n")
        let list = try PasswordList(path: path)
        let harness = try Harness { $0.passwordPolicy = PasswordPolicy(list: list) }
        func register(_ name: String, _ password: String) async -> AuthError? {
            do throws(AuthError) {
                _ = try await harness.authenticator.register(username: name, password: password)
                return nil
            } catch {
                return error
            }
        }
        #expect(await register("vicky", "b tree house") == .weakPassword([.common]))
        let other = folder.path + "/other"
        try "c tree house\n".write(toFile: other, atomically: false, encoding: .utf8)
        try #require(rename(other, path) == 0)
        #expect(await register("vicky", "b tree house") == .weakPassword([.common]))
        #expect(await register("vicky", "c tree house") == nil)

        let cut = try PasswordList(path: path)
        try #require(truncate(path, 0) == 0)
        let damaged = try harness.sibling { $0.passwordPolicy = PasswordPolicy(list: cut) }
        do throws(AuthError) {
            _ = try await damaged.authenticator.register(username: "other", password: "correct horse")
            Issue.record("registered without the list")
        } catch {
            #expect(error.code == "unavailable")
            #expect(error.cause?.contains("password.list") == true)
            #expect(error.cause?.contains("horse") == false)
        }
        // Nothing else needs the list.
        _ = try await damaged.authenticator.logIn(username: "vicky", password: "c tree house", from: .test)
    }

    @Test(
        .promise(9),
        .enabled(if: Corpora.isPresent, "\(Corpora.absence)"))
    func `Every entry of the ten thousand is refused when registering, changing and resetting`() async throws {
        let text = String(decoding: try Corpora.bytes("passwords/10k-most-common.txt"), as: UTF8.self)
        let all = text.split(whereSeparator: \.isNewline).map(String.init)
        let list = try PasswordList(path: file(sorted(all).joined(separator: "\n")))
        let harness = try Harness { $0.passwordPolicy = PasswordPolicy(list: list) }
        let authenticator = harness.authenticator
        let long = all.filter { $0.unicodeScalars.count >= PasswordPolicy.standardMinimumCodePoints }
        #expect(long.count > 2_000)
        for word in long {
            await #expect(throws: AuthError.weakPassword([.common])) {
                try await authenticator.register(username: "somebody-else", password: word)
            }
        }
        let login = try await harness.logIn()
        let id = login.identity.accountID
        // Each change costs the hash of the present password.
        for word in long.prefix(40) {
            await #expect(throws: AuthError.weakPassword([.common])) {
                try await authenticator.updatePassword(
                    of: login.identity, current: Harness.password, to: word, from: .test)
            }
        }
        for word in long {
            await #expect(throws: AuthError.weakPassword([.common])) {
                try await authenticator.setPassword(id: id, to: word, by: .operator)
            }
        }
        let code = try await authenticator.makeReset(named: "vicky")
        for word in long {
            await #expect(throws: AuthError.weakPassword([.common])) {
                try await authenticator.resetPassword(code: code, to: word, from: .test)
            }
        }
        try await authenticator.resetPassword(code: code, to: "correct horse", from: .test)
    }

    private func policy(_ text: String) throws -> PasswordPolicy {
        PasswordPolicy(list: try PasswordList(path: file(text)))
    }

    private func file(_ text: String) throws -> String {
        let path = "\(folder.path)/\(UUID())"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func weaknesses(_ password: String, _ policy: PasswordPolicy) throws -> [PasswordWeakness] {
        try policy.weaknesses(of: try Password(parsing: password), for: try Username(parsing: "somebody-else"))
    }

    /// As `LC_ALL=C sort -u` does.
    private func sorted(_ lines: [String]) -> [String] {
        Set(lines).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

/// Lines as lists of breached passwords have them, made by sha1sum and sha256sum.
private enum DigestLines {
    static let words = ["tree house", "parson's egg", "correct horse"]
    static let upper = [
        "007F91C6608AAA7DE208A4E129BB958EC69FBCA7",
        "93564A9D276C7BAC0648C4EC34DF19273B93E115",
        "2F9E53523B62ABC141A2B4D6019D23CBA835DBD0",
    ]
    static let counted = upper.enumerated().map { "\($1):\($0 + 1)" }
    static let lower = upper.map { $0.lowercased() }
    static let sha256 = [
        "54ad3893e73802eeda4a97cbbcafa05e2c324b0faaed987e4dbd818f43398a3c",
        "85d1fd944868132539197df0190b1a0146737e2a39d3ac3dda10673dd1cec488",
        "4104d36f8da2c254349f85836793ebe029e0c957063a34c91c2e9203187b5631",
    ]
}
