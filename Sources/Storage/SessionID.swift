/// The name of a session (claim `sid`): 128 random bits.
package struct SessionID: Sendable, Hashable, CustomStringConvertible {
    /// 22 characters of base64url without padding (RFC 4648 §5).
    package let text: String

    /// A fresh one from the system's generator.
    package static func random() -> SessionID {
        var generator = SystemRandomNumberGenerator()
        let words: [UInt64] = [generator.next(), generator.next()]
        return SessionID(
            unchecked: words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } })
    }

    /// Reads the 22 characters; anything else, set unused bits included (RFC 4648 §3.5), is no session id.
    package init?(parsing text: String) {
        guard text.utf8.count == 22, let bytes = decode(text) else { return nil }
        self.init(unchecked: bytes)
        guard self.text == text else { return nil }
    }

    /// Takes the 16 bytes that the text stands for.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.init(unchecked: bytes)
    }

    private init(unchecked bytes: [UInt8]) {
        text = encode(bytes)
    }

    /// The 16 bytes that the text stands for.
    package var bytes: [UInt8] {
        guard let bytes = decode(text) else { preconditionFailure("a session id is base64url") }
        return bytes
    }

    package var description: String { text }
}

private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

private func encode(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in bytes {
        buffer = buffer << 8 | UInt32(byte)
        bits += 8
        while bits >= 6 {
            bits -= 6
            digits.append(alphabet[Int(buffer >> UInt32(bits) & 63)])
        }
        buffer &= (1 << UInt32(bits)) - 1
    }
    if bits > 0 { digits.append(alphabet[Int(buffer << UInt32(6 - bits) & 63)]) }
    return String(decoding: digits, as: UTF8.self)
}

/// The whole bytes; bits left over are dropped.
private func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for digit in text.utf8 {
        guard let value = value(of: digit) else { return nil }
        buffer = buffer << 6 | value
        bits += 6
        if bits >= 8 {
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            buffer &= (1 << UInt32(bits)) - 1
        }
    }
    return bytes
}

private func value(of digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
}
