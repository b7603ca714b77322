/// Reads a hash string from left to right.
struct HashReader {
    private let text: [UInt8]
    private var position = 0

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    var isAtEnd: Bool { position == text.count }

    /// Whether a prefix was there; then it has been passed.
    mutating func skip(_ prefix: StaticString) -> Bool {
        let prefix = prefix.description.utf8
        guard text[position...].starts(with: prefix) else { return false }
        position += prefix.count
        return true
    }

    /// `2a`, `2b` or `2y`.
    mutating func scheme() -> BcryptScheme? {
        for scheme in [BcryptScheme.bcrypt2a, .bcrypt2b, .bcrypt2y]
        where text[position...].starts(with: scheme.rawValue.utf8) {
            position += 2
            return scheme
        }
        return nil
    }

    /// Exactly two digits.
    mutating func twoDigits() -> Int? {
        guard let tens = digit(), let ones = digit() else { return nil }
        return tens * 10 + ones
    }

    /// One or two digits without a leading zero.
    mutating func decimal() -> Int? {
        guard let first = digit(), first != 0 else { return nil }
        guard let second = digit() else { return first }
        return first * 10 + second
    }

    /// The characters of that many bytes.
    mutating func base64<let count: Int>() -> [count of UInt8]? {
        let length = BcryptBase64.length(ofBytes: count)
        guard text.count - position >= length else { return nil }
        defer { position += length }
        return BcryptBase64.decode(text.span.extracting(position..<position + length))
    }

    private mutating func digit() -> Int? {
        guard position < text.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = text[position] else { return nil }
        defer { position += 1 }
        return Int(text[position] - UInt8(ascii: "0"))
    }
}
