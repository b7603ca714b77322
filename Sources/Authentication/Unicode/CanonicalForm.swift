/// The form of a name that decides identity: two names with one canonical form are the same name.
///
/// NFKC_Casefold, and the dotless ı as i: folding keeps them apart, but upper-casing does not, and an application behind
/// us may do that (CVE-2019-19844). Its function is idempotent (Spotify 2013: names that became other names on a second
/// pass let accounts be taken over).
package enum CanonicalForm {
    /// The canonical form as UTF-8; `nil` for a text that is not valid UTF-8 or, which no text known does, never settles.
    package static func apply(to text: borrowing Span<UInt8>) -> [UInt8]? {
        guard var form = pass(text) else { return nil }
        // Folding ı can let a mark after it compose, so one more pass may be due.
        for _ in 0..<maximumPasses {
            guard let next = pass(form.span) else { return nil }
            if next == form { return form }
            form = next
        }
        return nil
    }

    private static let maximumPasses = 4

    private static func pass(_ text: borrowing Span<UInt8>) -> [UInt8]? {
        UnicodeForm.nfkcCasefold.apply(to: text).map(foldingDotlessI)
    }

    private static func foldingDotlessI(_ text: [UInt8]) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if text[index] == 0xC4, index + 1 < text.count, text[index + 1] == 0xB1 {  // U+0131
                folded.append(UInt8(ascii: "i"))
                index += 2
            } else {
                folded.append(text[index])
                index += 1
            }
        }
        return folded
    }
}
