/// `string = quotation-mark *char quotation-mark` (RFC 8259 §7)
enum JSONStringReader {
    /// Reads the string whose quotation mark stands at `offset`.
    static func read(_ text: borrowing Span<UInt8>, from offset: inout Int) throws(JSONError) -> String {
        let start = offset + 1
        var isEscaped = false
        offset = start
        scan: while true {
            guard offset < text.count else { throw .unexpectedEnd(offset: text.count) }
            switch text[offset] {
            case UInt8(ascii: "\""): break scan
            case UInt8(ascii: "\\"):
                isEscaped = true
                offset += 2
            case 0x00..<0x20: throw .controlCharacter(offset: offset)
            default: offset += 1
            }
        }
        let end = offset
        offset += 1

        let content: UTF8Span
        do {
            content = try UTF8Span(validating: text.extracting(start..<end))
        } catch {
            throw .invalidUTF8(offset: start + error.byteOffsets.lowerBound)
        }
        // Escapes are ASCII, so that checking the raw bytes has checked what stands between them as well.
        return isEscaped ? try unescape(text, from: start, to: end) : String(copying: content)
    }

    private static func unescape(
        _ text: borrowing Span<UInt8>, from start: Int, to end: Int
    ) throws(JSONError) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(end - start)
        var offset = start
        while offset < end {
            if text[offset] != UInt8(ascii: "\\") {
                bytes.append(text[offset])
                offset += 1
                continue
            }
            switch text[offset + 1] {
            case UInt8(ascii: "\""): bytes.append(UInt8(ascii: "\""))
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "/"): bytes.append(UInt8(ascii: "/"))
            case UInt8(ascii: "b"): bytes.append(0x08)
            case UInt8(ascii: "f"): bytes.append(0x0C)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "u"):
                let scalar = try readScalar(text, from: &offset, to: end)
                bytes.append(contentsOf: scalar.utf8)
                continue
            default: throw .invalidEscape(offset: offset)
            }
            offset += 2
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// One `\uXXXX`, or two that are a surrogate pair.
    private static func readScalar(
        _ text: borrowing Span<UInt8>, from offset: inout Int, to end: Int
    ) throws(JSONError) -> Unicode.Scalar {
        let start = offset
        let first = try readCodeUnit(text, from: &offset, to: end)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), offset + 1 < end, text[offset] == UInt8(ascii: "\\"),
            text[offset + 1] == UInt8(ascii: "u")
        else { throw .loneSurrogate(offset: start) }
        let second = try readCodeUnit(text, from: &offset, to: end)
        guard UTF16.isTrailSurrogate(second) else { throw .loneSurrogate(offset: start) }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private static func readCodeUnit(
        _ text: borrowing Span<UInt8>, from offset: inout Int, to end: Int
    ) throws(JSONError) -> UInt16 {
        guard offset + 6 <= end else { throw .invalidEscape(offset: offset) }
        var unit: UInt16 = 0
        for index in offset + 2..<offset + 6 {
            guard let digit = hexadecimalValue(text[index]) else { throw .invalidEscape(offset: offset) }
            unit = unit << 4 | UInt16(digit)
        }
        offset += 6
        return unit
    }

    private static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
