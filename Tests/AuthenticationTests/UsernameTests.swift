import Authentication
import TestSupport
import Testing

@Suite("Usernames")
struct UsernameTests {
    @Test(
        "Names of every script are kept as they are",
        arguments: [
            "v", "vicky", "Vicky", "vicky smith", "O'Brien", "a_c", "a%", "ΑΣ", "Пётр", "李小龍", "محمد", "שרה", "é",
            "e\u{301}",
            "\u{1F600}", "user@example.org", "<script>", "' OR 1=1 --", "null", "-1", "..", "%00", "a/../b", "\u{FDFA}",
            String(repeating: "x", count: 64), String(repeating: "\u{1F600}", count: 64),
        ])
    func accepted(text: String) throws {
        let username = try Username(parsing: text)
        #expect(Array(username.shown.utf8) == Array(text.utf8))
        #expect(try Username(parsing: username.canonical).canonical == username.canonical)
    }

    @Test(
        "Each rule refuses with its own code",
        arguments: [
            ("", [.empty]),
            (String(repeating: "x", count: 65), [.tooLong]),
            (String(repeating: "\u{1F600}", count: 65), [.tooLong]),
            (String(repeating: "x", count: 1_000_000), [.tooLong]),
            ("a\0b", [.controlCharacter]), ("a\nb", [.controlCharacter]), ("a\u{1B}[2Jb", [.controlCharacter]),
            ("a\u{7F}", [.controlCharacter]), ("a\u{85}b", [.controlCharacter]),
            ("a\u{200B}b", [.formatCharacter]), ("a\u{202E}b", [.formatCharacter]), ("a\u{AD}b", [.formatCharacter]),
            ("\u{FEFF}a", [.formatCharacter]), ("a\u{E0061}", [.formatCharacter]),
            ("a\u{378}", [.unassignedCharacter]), ("a\u{FFFF}", [.unassignedCharacter]),
            ("\u{10FFFF}", [.unassignedCharacter]),
            (" a", [.outerWhiteSpace]), ("a ", [.outerWhiteSpace]), ("\u{A0}a", [.outerWhiteSpace]),
            ("a\u{3000}", [.outerWhiteSpace]), ("a\u{2028}", [.outerWhiteSpace]),
            ("a:b", [.colon]),
            ("a\t", [.controlCharacter, .outerWhiteSpace]),
            (
                " :\u{200B}\0\u{378}",
                [.controlCharacter, .formatCharacter, .unassignedCharacter, .outerWhiteSpace, .colon]
            ),
        ] as [(String, [UsernameFault])])
    func refused(text: String, faults: [UsernameFault]) {
        #expect(throws: InvalidUsername(faults: faults)) { try Username(parsing: text) }
    }

    @Test(
        "The canonical form must keep the rules as well", .promise(17),
        arguments: [
            // Invisible ones that are neither Cc nor Cf: nothing would be left.
            ("\u{34F}", [.empty]), ("\u{3164}", [.empty]), ("\u{FE0F}\u{FE0F}", [.empty]),
            // A full-width colon, and ⩴.
            ("a\u{FF1A}b", [.colon]), ("\u{2A74}", [.colon]),
            // A spacing diaeresis is a space and a mark.
            ("\u{A8}a", [.outerWhiteSpace]),
            // 15 times ﷺ is 270 code points.
            (String(repeating: "\u{FDFA}", count: 15), [.tooLong]),
        ] as [(String, [UsernameFault])])
    func canonicalRefused(text: String, faults: [UsernameFault]) {
        #expect(throws: InvalidUsername(faults: faults)) { try Username(parsing: text) }
    }

    @Test(
        "Look-alikes by case, width and composition are one name", .promise(17, 18),
        arguments: [
            ("k", "\u{212A}"), ("i", "\u{131}"), ("s", "\u{17F}"), ("ss", "ß"), ("ss", "\u{1E9E}"), ("fi", "\u{FB01}"),
            ("bigbird", "ᴮᴵᴳᴮᴵᴿᴰ"), ("Vicky", "vICKY"), ("vicky", "ｖｉｃｋｙ"), ("é", "e\u{301}"), ("É", "e\u{301}"),
            ("σ", "ς"), ("ΑΣ", "ας"), ("å", "\u{212B}"), ("vicky", "vic\u{34F}ky"), ("mıke", "MIKE"), ("ì", "ı\u{300}"),
        ])
    func same(left: String, right: String) throws {
        #expect(try Username(parsing: left) == Username(parsing: right))
        #expect(try Username(parsing: "x" + left + "y").canonical == Username(parsing: "x" + right + "y").canonical)
    }

    @Test(
        "Other letters are other names",
        arguments: [("a", "а"), ("vicky", "vickie"), ("e", "é"), ("0", "O"), ("1", "l"), ("a b", "ab"), ("a", "å")])
    func different(left: String, right: String) throws {
        #expect(try Username(parsing: left) != Username(parsing: right))
    }
}
