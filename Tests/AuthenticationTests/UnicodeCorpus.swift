import TestSupport

/// The two files of the Unicode Character Database that tests walk through.
enum UnicodeCorpus {
    /// The five columns of each line: source, NFC, NFD, NFKC, NFKD.
    static func normalizationTest() throws -> [[String]] {
        try lines("unicode/NormalizationTest.txt").filter { !$0.hasPrefix("@") }.map { line in
            line.split(separator: ";", omittingEmptySubsequences: false).prefix(5).map(text)
        }
    }

    /// Each line's code point, status (C, F, S or T) and what it folds to.
    static func caseFolding() throws -> [(codePoint: String, status: String, folded: String)] {
        try lines("unicode/CaseFolding.txt").map { line in
            let fields = line.split(separator: ";")
            return (text(fields[0]), fields[1].trimmed, text(fields[2]))
        }
    }

    private static func lines(_ path: String) throws -> [Substring] {
        String(decoding: try Corpora.bytes(path), as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.prefix { $0 != "#" } }.filter { !$0.trimmed.isEmpty }
    }

    private static func text(_ hexadecimal: Substring) -> String {
        var text = String.UnicodeScalarView()
        for digits in hexadecimal.split(separator: " ") {
            if let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) { text.append(scalar) }
        }
        return String(text)
    }
}

extension Substring {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
