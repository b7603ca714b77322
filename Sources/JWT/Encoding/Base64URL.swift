/// base64url without padding (RFC 4648 §5, RFC 7515 §2), in which each sequence of bytes has exactly one spelling.
package enum Base64URL {
    private static let alphabet: [64 of UInt8] = [64 of UInt8] { index in
        switch index {
        case 0..<26: UInt8(ascii: "A") + UInt8(index)
        case 26..<52: UInt8(ascii: "a") + UInt8(index - 26)
        case 52..<62: UInt8(ascii: "0") + UInt8(index - 52)
        case 62: UInt8(ascii: "-")
        default: UInt8(ascii: "_")
        }
    }

    /// What stands for a byte outside the alphabet; no value of a letter has these bits.
    private static let invalid: UInt8 = 0x80

    /// The value of each byte as a letter.
    private static let values: [256 of UInt8] = {
        var values = [256 of UInt8](repeating: invalid)
        for index in alphabet.indices { values[Int(alphabet[index])] = UInt8(index) }
        return values
    }()

    /// The bytes that a text stands for, or `nil` where it is not the one spelling of any: a foreign letter, padding, white
    /// space, a lone last letter, or unused bits that are not zero (RFC 4648 §3.5).
    package static func decode(_ text: borrowing Span<UInt8>) -> [UInt8]? {
        let tail = text.count % 4
        guard tail != 1 else { return nil }
        var seen: UInt8 = 0
        let bytes = [UInt8](capacity: text.count / 4 * 3 + 2) { output in
            let values = values.span
            var index = 0
            while index < text.count - tail {
                let a = values[Int(text[index])]
                let b = values[Int(text[index + 1])]
                let c = values[Int(text[index + 2])]
                let d = values[Int(text[index + 3])]
                seen |= a | b | c | d
                output.append(a << 2 | b >> 4)
                output.append(b << 4 | c >> 2)
                output.append(c << 6 | d)
                index += 4
            }
            guard tail > 0 else { return }
            let a = values[Int(text[index])]
            let b = values[Int(text[index + 1])]
            let c = tail == 3 ? values[Int(text[index + 2])] : 0
            seen |= a | b | c
            output.append(a << 2 | b >> 4)
            if tail == 3 { output.append(b << 4 | c >> 2) }
            // The bits that belong to no byte.
            let unused = tail == 3 ? c & 0x03 : b & 0x0F
            if unused != 0 { seen |= invalid }
        }
        return seen & invalid == 0 ? bytes : nil
    }

    /// The spelling of some bytes.
    package static func encode(_ bytes: borrowing Span<UInt8>) -> String {
        var text: [UInt8] = []
        append(bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the spelling of some bytes, in ASCII.
    package static func append(_ bytes: borrowing Span<UInt8>, to text: inout [UInt8]) {
        text.reserveCapacity(text.count + (bytes.count * 4 + 2) / 3)
        var pending: UInt32 = 0
        var bits = 0
        for index in bytes.indices {
            pending = pending << 8 | UInt32(bytes[index])
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(pending >> UInt32(bits) & 0x3F)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(pending << UInt32(6 - bits) & 0x3F)]) }
    }
}
