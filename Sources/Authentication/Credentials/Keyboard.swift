/// Which characters follow each other when nobody thinks: on a keyboard, on a number pad, in counting, or one for ever.
enum Keyboard {
    /// From the topmost row down; the keys of each row lie half a key to the right of those above.
    private static let layouts = [
        ["1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"],
        ["1234567890-=", "qwertzuiop", "asdfghjkl", "yxcvbnm,.-"],
        ["1234567890-=", "azertyuiop", "qsdfghjklm", "wxcvbn,;:"],
    ]

    /// Whether each character is one step from the one before, all steps of one kind.
    static func isWalk(_ text: some Collection<UInt8>) -> Bool { longestWalk(in: text) == text.count }

    /// How many characters from the first one on are a walk; at least one.
    static func longestWalk(in text: some Collection<UInt8>) -> Int {
        let pairs = zip(text, text.dropFirst()).map { ($0, $1) }
        let walks = [
            pairs.prefix { $0 == $1 }.count, pairs.prefix { isCounting($0, $1) }.count,
            pairs.prefix { isCounting($1, $0) }.count,
        ]
        let others = neighbours.map { neighbours in
            pairs.prefix { neighbours.contains(UInt16($0) << 8 | UInt16($1)) }.count
        }
        return 1 + (walks + others).reduce(0, max)
    }

    private static func isCounting(_ left: UInt8, _ right: UInt8) -> Bool {
        let isLetters = (UInt8(ascii: "a")..<UInt8(ascii: "z")).contains(left)
        let isDigits = (UInt8(ascii: "0")..<UInt8(ascii: "9")).contains(left)
        return (isLetters || isDigits) && right == left + 1 || left == UInt8(ascii: "9") && right == UInt8(ascii: "0")
    }

    /// The keys next to each other: on each keyboard, and on the number pad.
    private static let neighbours: [Set<UInt16>] = {
        var all = layouts.map { neighbours(of: $0.map { Array($0.utf8) }, isSlanted: true) }
        all.append(neighbours(of: ["789", "456", "123"].map { Array($0.utf8) }, isSlanted: false))
        return all
    }()

    private static func neighbours(of rows: [[UInt8]], isSlanted: Bool) -> Set<UInt16> {
        var pairs: Set<UInt16> = []
        func add(_ left: UInt8, _ right: UInt8) {
            pairs.formUnion([UInt16(left) << 8 | UInt16(right), UInt16(right) << 8 | UInt16(left)])
        }
        for (index, row) in rows.enumerated() {
            for (left, right) in zip(row, row.dropFirst()) { add(left, right) }
            guard index + 1 < rows.count else { continue }
            let below = rows[index + 1]
            for (column, key) in row.enumerated() {
                for other in isSlanted ? [column - 1, column] : [column] where below.indices.contains(other) {
                    add(key, below[other])
                }
            }
        }
        return pairs
    }
}
