import Authentication
import TestSupport
import Testing

@Suite("Passwords")
struct PasswordTests {
    @Test("Composed and decomposed letters are one password; case and outer space are not lost", .promise(6, 7))
    func normalised() throws {
        #expect(try bytes("caf\u{E9}") == bytes("cafe\u{301}"))
        #expect(try bytes("caf\u{E9}") == Array("caf\u{E9}".utf8))
        #expect(try bytes("Secret") != bytes("secret"))
        #expect(try bytes(" secret ") == Array(" secret ".utf8))
        #expect(try bytes("\u{FB01}") != bytes("fi"))
    }

    @Test("The length is that of the normalised code points")
    func codePoints() throws {
        #expect(try Password(parsing: "").codePointCount == 0)
        #expect(try Password(parsing: "e\u{301}e\u{301}").codePointCount == 2)
        #expect(try Password(parsing: String(repeating: "\u{1F600}", count: 64)).codePointCount == 64)
    }

    @Test("1,024 bytes are taken whole and one more is refused", .promise(4))
    func maximum() throws {
        let longest = String(repeating: "x", count: 1_024)
        #expect(try bytes(longest) == Array(longest.utf8))
        #expect(throws: PasswordFault.tooLong) { try Password(parsing: longest + "x") }
        #expect(throws: PasswordFault.tooLong) { try Password(parsing: String(repeating: "x", count: 1 << 20)) }
    }

    @Test("The decomposed form of a password that fits fits, too")
    func maximumDecomposed() throws {
        // U+0390: two bytes composed, six decomposed.
        let composed = String(repeating: "\u{390}", count: 512)
        let decomposed = String(repeating: "\u{3B9}\u{308}\u{301}", count: 512)
        #expect(decomposed.utf8.count == 3_072)
        #expect(try bytes(decomposed) == bytes(composed))
    }

    @Test("A NUL anywhere is refused", .promise(8), arguments: ["\0", "abc\0def", "abcdefgh\0"])
    func containsNUL(text: String) {
        #expect(throws: PasswordFault.containsNUL) { try Password(parsing: text) }
    }

    @Test(
        "Invalid UTF-8 is refused", .promise(8), arguments: [[0xFF], [0x61, 0xC3], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func invalid(bytes: [UInt8]) {
        #expect(throws: PasswordFault.notUTF8) { try Password(parsing: bytes.span) }
    }

    @Test("A password never prints")
    func redacted() throws {
        let password = try Password(parsing: "canary-canary")
        var text = ""
        dump(password, to: &text)
        text += "\(password) \(String(reflecting: password)) \([password])"
        #expect(!text.contains("canary"))
    }

    private func bytes(_ text: String) throws -> [UInt8] {
        try Password(parsing: text).withBytes { span in span.indices.map { span[$0] } }
    }
}
