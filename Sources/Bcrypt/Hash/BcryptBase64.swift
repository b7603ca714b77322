/// The base64 of bcrypt's salts and digests: RFC 4648's grouping over an alphabet of its own, without padding.
enum BcryptBase64 {
    private static let alphabet = Array("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// How many characters encode that many bytes.
    static func length(ofBytes count: Int) -> Int {
        (count * 8 + 5) / 6
    }

    /// The characters of some bytes.
    static func encode(_ bytes: borrowing Span<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(length(ofBytes: bytes.count))
        var bits = 0
        var bitCount = 0
        for index in bytes.indices {
            bits = bits << 8 | Int(bytes[index])
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(alphabet[bits >> bitCount & 63])
            }
            bits &= 63
        }
        if bitCount > 0 { text.append(alphabet[bits << (6 - bitCount) & 63]) }
        return text
    }

    /// The bytes of a text, or nil for another length, a character outside the alphabet, or spare bits that are not zero.
    static func decode<let count: Int>(_ text: Span<UInt8>) -> [count of UInt8]? {
        guard text.count == length(ofBytes: count) else { return nil }
        var bytes = [count of UInt8](repeating: 0)
        var filled = 0
        var bits = 0
        var bitCount = 0
        for index in text.indices {
            guard let value = value(of: text[index]) else { return nil }
            bits = bits << 6 | value
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes[filled] = UInt8(bits >> bitCount & 255)
                filled += 1
                bits &= (1 << bitCount) - 1
            }
        }
        return bits == 0 ? bytes : nil
    }

    private static func value(of character: UInt8) -> Int? {
        switch character {
        case UInt8(ascii: "."): 0
        case UInt8(ascii: "/"): 1
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(character - UInt8(ascii: "A")) + 2
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(character - UInt8(ascii: "a")) + 28
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character - UInt8(ascii: "0")) + 54
        default: nil
        }
    }
}
