import TestSupport
import Testing

import Authentication

@Suite("Normalised and canonical forms")
struct UnicodeFormTests {
    @Test(
        "NFC agrees with every line of NormalizationTest", .promise(7),
        .enabled(if: Corpora.isPresent, "\(Corpora.absence)"))
    func normalizationTest() throws {
        let lines = try UnicodeCorpus.normalizationTest()
        #expect(lines.count == 19_074)
        let wrong = lines.filter { columns in
            let forms = columns.map { UnicodeForm.nfc.apply(to: Array($0.utf8).span) }
            let (composed, compatible) = (Array(columns[1].utf8), Array(columns[3].utf8))
            return forms != [composed, composed, composed, compatible, compatible]
        }
        #expect(wrong == [])
    }

    @Test(
        "The canonical form of a canonical form is itself, over NormalizationTest and CaseFolding", .promise(17),
        .enabled(if: Corpora.isPresent, "\(Corpora.absence)"))
    func idempotentOverCorpora() throws {
        let normalization = try UnicodeCorpus.normalizationTest().flatMap { $0 }
        let folding = try UnicodeCorpus.caseFolding().flatMap { [$0.codePoint, $0.folded] }
        let texts = normalization + folding + folding.map { "a\u{301}" + $0 + "\u{308}\u{323}" }
        let unsettled = texts.filter { text in
            guard let once = canonical(text) else { return true }
            return CanonicalForm.apply(to: once.span) != once
        }
        #expect(unsettled == [])
    }

    @Test(
        "What the Unicode Standard folds together has one canonical form", .promise(17, 18),
        .enabled(if: Corpora.isPresent, "\(Corpora.absence)"))
    func caseFolding() throws {
        // S and T are the simple and the Turkic foldings; NFKC_Casefold uses C and F.
        let lines = try UnicodeCorpus.caseFolding().filter { ["C", "F"].contains($0.status) }
        #expect(lines.count > 1_400)
        #expect(lines.filter { canonical($0.codePoint) != canonical($0.folded) }.map(\.codePoint) == [])
    }

    @Test("Every code point settles, and upper- or lower-casing it changes nothing of its identity")
    func everyCodePoint() {
        var wrong: [String] = []
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), CodePointClass(scalar) != .unassigned else { continue }
            // Ideographs and syllables have no case; their decompositions are in NormalizationTest.
            if scalar.properties.isIdeographic || (0xAC00...0xD7A3).contains(value) { continue }
            if scalar.properties.generalCategory == .privateUse { continue }
            guard let once = canonical(String(scalar)), CanonicalForm.apply(to: once.span) == once,
                [scalar.properties.uppercaseMapping, scalar.properties.lowercaseMapping].allSatisfy({ mapping in
                    // The toolchain's tables may be newer and know a partner that the library's do not.
                    canonical(mapping) == once || mapping.unicodeScalars.contains { CodePointClass($0) == .unassigned }
                })
            else {
                wrong.append(String(value, radix: 16))
                continue
            }
        }
        #expect(wrong == [])
    }

    @Test("Expansion is followed to its end", arguments: [1, 85, 341])
    func expansion(count: Int) throws {
        // U+FDFA becomes 18 code points.
        let text = String(repeating: "\u{FDFA}", count: count)
        let applied = UnicodeForm.nfkcCasefold.apply(to: Array(text.utf8).span)
        let form = try #require(applied)
        #expect(String(decoding: form, as: UTF8.self).unicodeScalars.count == 18 * count)
    }

    @Test(
        "Invalid UTF-8 has no form",
        arguments: [
            [0xFF], [0x80], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x61, 0xE2, 0x82],
            [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func invalid(bytes: [UInt8]) {
        let (normalised, canonical) = (UnicodeForm.nfc.apply(to: bytes.span), CanonicalForm.apply(to: bytes.span))
        #expect(normalised == nil)
        #expect(canonical == nil)
        let valid: [UInt8] = [0xC3, 0xA9]
        let control = UnicodeForm.nfc.apply(to: valid.span)
        #expect(control == valid)
    }

    private func canonical(_ text: String) -> [UInt8]? {
        CanonicalForm.apply(to: Array(text.utf8).span)
    }
}
