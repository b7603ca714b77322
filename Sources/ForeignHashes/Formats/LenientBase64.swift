/// Reads base64 (RFC 4648 §4) as password hashes have it: with or without padding, and with `.` for `+` as passlib writes it.
enum LenientBase64 {
    /// The bytes; nil for another letter, or bits left over that are not zero.
    static func decode(_ text: Substring) -> [UInt8]? {
        var letters = Array(text.utf8)
        var padding = 0
        while letters.last == UInt8(ascii: "="), padding < 2 {
            letters.removeLast()
            padding += 1
        }
        guard padding == 0 || (letters.count + padding) % 4 == 0, letters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(letters.count * 3 / 4)
        var (bits, bitCount) = (0, 0)
        for letter in letters {
            guard let value = value(of: letter) else { return nil }
            bits = bits << 6 | value
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(bits >> bitCount & 255))
                bits &= (1 << bitCount) - 1
            }
        }
        return bits == 0 ? bytes : nil
    }

    private static func value(of letter: UInt8) -> Int? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(letter - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(letter - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(letter - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"), UInt8(ascii: "."): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
