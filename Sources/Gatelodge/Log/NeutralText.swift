extension [UInt8] {
    /// Appends text of unknown origin so that it neither ends a line nor steers a terminal, as UTF-8.
    ///
    /// Control and format characters (among them those that turn the direction of writing) and line separators become the
    /// escapes of JSON (RFC 8259 §7). What is longer than the limit is cut between two characters and ends with `…`.
    mutating func append(neutralised text: String, escapesQuotes: Bool, limit: Int) {
        let isPlain = text.utf8.allSatisfy { byte in
            byte >= 0x20 && byte < 0x7F && !(escapesQuotes && byte.isEscapedInQuotes)
        }
        if isPlain && text.utf8.count <= limit { return append(contentsOf: text.utf8) }
        let end = count + limit
        for scalar in text.unicodeScalars {
            let before = count
            if scalar.value < 0x80, escapesQuotes, UInt8(scalar.value).isEscapedInQuotes {
                append(UInt8(ascii: "\\"))
                append(UInt8(scalar.value))
            } else if scalar.isHarmless {
                append(contentsOf: UTF8.encode(scalar)!)  // every scalar has an encoding
            } else {
                appendEscape(of: scalar)
            }
            if count > end {
                removeLast(count - before)
                return append(contentsOf: "…".utf8)
            }
        }
    }

    private mutating func appendEscape(of scalar: Unicode.Scalar) {
        switch scalar {
        case "\n": append(contentsOf: #"\n"#.utf8)
        case "\r": append(contentsOf: #"\r"#.utf8)
        case "\t": append(contentsOf: #"\t"#.utf8)
        default:
            for unit in UTF16.encode(scalar)! {  // every scalar has an encoding
                let digits = String(unit, radix: 16)
                append(contentsOf: (#"\u"# + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
            }
        }
    }
}

extension UInt8 {
    fileprivate var isEscapedInQuotes: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") }
}

extension Unicode.Scalar {
    fileprivate var isHarmless: Bool {
        if value < 0x7F { return value >= 0x20 }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
