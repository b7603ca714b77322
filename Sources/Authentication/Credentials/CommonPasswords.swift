/// What everybody tries first, by rules: walks over a keyboard, counting, repetition, dates, and words that stand for nothing.
///
/// It needs no list. What a list knows beside it comes from ``Dictionaries`` and from the operator's ``PasswordList``.
enum CommonPasswords {
    /// Longer ones may be as simple, but nobody tries them.
    private static let maximumBytes = 24

    /// Whether a password, in canonical form, follows one of the rules.
    static func contain(_ canonical: [UInt8]) -> Bool {
        guard canonical.count <= maximumBytes else { return false }
        if CommonWords.contain(canonical) { return true }
        guard canonical.allSatisfy({ $0 < 0x80 }) else { return false }
        return isRepetition(canonical) || isMadeOfWalks(canonical) || isInterleaved(canonical) || isDate(canonical)
    }

    /// `abababab`, `12341234`: up to four characters again and again.
    private static func isRepetition(_ text: [UInt8]) -> Bool {
        (1...4).contains { length in
            text.count >= 2 * length && text.indices.dropFirst(length).allSatisfy { text[$0] == text[$0 - length] }
        }
    }

    /// `qwertyuiop`, `1qaz2wsx`, `abcd1234`, `12345678a`, `qazwsxedc`: one walk, one of four and another, or some of one length.
    private static func isMadeOfWalks(_ text: [UInt8]) -> Bool {
        var lengths: [Int] = []
        var rest = text[...]
        while !rest.isEmpty {
            let length = Keyboard.longestWalk(in: rest)
            lengths.append(length)
            rest = rest.dropFirst(length)
        }
        guard let longest = lengths.max(), longest >= 3 else { return false }
        return lengths.count == 1 || lengths.count == 2 && longest >= 4 || lengths.allSatisfy { $0 == longest }
    }

    /// `a1b2c3d4`, `10203040`: two walks, in turn.
    private static func isInterleaved(_ text: [UInt8]) -> Bool {
        guard text.count >= 6, text.allSatisfy({ isDigit($0) || $0 >= UInt8(ascii: "a") }) else { return false }
        return [0, 1].allSatisfy { first in
            Keyboard.isWalk(stride(from: first, to: text.count, by: 2).map { text[$0] })
        }
    }

    /// `19841231`, `31.12.1984`, `12/31/1984`.
    private static func isDate(_ text: [UInt8]) -> Bool {
        let digits = text.filter { !Array("-./".utf8).contains($0) }
        guard digits.count == 8, text.count <= 10, digits.allSatisfy(isDigit) else { return false }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
        func isDay(_ number: Int) -> Bool { (1...31).contains(number) }
        func isMonth(_ number: Int) -> Bool { (1...12).contains(number) }
        let (first, second, third, fourth) = (number(0..<2), number(2..<4), number(4..<6), number(6..<8))
        if (1900...2099).contains(number(0..<4)) { return isMonth(third) && isDay(fourth) }
        return (1900...2099).contains(number(4..<8))
            && (isMonth(first) && isDay(second) || isDay(first) && isMonth(second))
    }
}

func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
