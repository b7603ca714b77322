/// `number = [ minus ] int [ frac ] [ exp ]` (RFC 8259 §6)
enum JSONNumberReader {
    /// Reads the number that begins at `offset`, which holds a minus sign or a digit.
    static func read(_ text: borrowing Span<UInt8>, from offset: inout Int) throws(JSONError) -> JSONNumber {
        let start = offset
        let isNegative = text[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }

        let firstDigit = offset
        try skipDigits(text, from: &offset)
        if text[firstDigit] == UInt8(ascii: "0"), offset - firstDigit > 1 { throw .invalidNumber(offset: firstDigit) }
        var isInteger = true
        if offset < text.count, text[offset] == UInt8(ascii: ".") {
            isInteger = false
            offset += 1
            try skipDigits(text, from: &offset)
        }
        if offset < text.count, text[offset] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            offset += 1
            if offset < text.count, text[offset] == UInt8(ascii: "+") || text[offset] == UInt8(ascii: "-") {
                offset += 1
            }
            try skipDigits(text, from: &offset)
        }

        if isInteger, let value = integer(text, digits: firstDigit..<offset, isNegative: isNegative) {
            return JSONNumber(value)
        }
        var spelling: [UInt8] = []
        for index in start..<offset { spelling.append(text[index]) }
        return JSONNumber(checked: String(decoding: spelling, as: UTF8.self))
    }

    private static func skipDigits(_ text: borrowing Span<UInt8>, from offset: inout Int) throws(JSONError) {
        let start = offset
        while offset < text.count, isDigit(text[offset]) { offset += 1 }
        if offset > start { return }
        if offset == text.count { throw .unexpectedEnd(offset: offset) }
        throw .invalidNumber(offset: offset)
    }

    /// `nil` where the value does not fit or, as `-0`, would not print back as it was written.
    private static func integer(_ text: borrowing Span<UInt8>, digits: Range<Int>, isNegative: Bool) -> Int64? {
        var value: Int64 = 0
        for index in digits {
            let digit = Int64(text[index] - UInt8(ascii: "0"))
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) =
                isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            if overflowed || carried { return nil }
            value = sum
        }
        return isNegative && value == 0 ? nil : value
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
