/// Goes through the text of one PEM message line by line (RFC 7468 §3). The text is handed in each time: a span cannot
/// be kept.
struct PEMReader {
    private var position = 0

    /// What stands between `-----BEGIN ` and `-----` in the first line that is not blank.
    mutating func readLabel(_ text: borrowing Span<UInt8>) -> String? {
        skipSpace(text)
        let line = readLine(text)
        let begin = Array("-----BEGIN ".utf8)
        let end = Array("-----".utf8)
        guard line.count > begin.count + end.count,
            text.extracting(line.prefix(begin.count)).hasSameBytes(begin),
            text.extracting(line.suffix(end.count)).hasSameBytes(end)
        else { return nil }
        return String(decoding: line.dropFirst(begin.count).dropLast(end.count).map { text[$0] }, as: UTF8.self)
    }

    /// The bytes of all lines up to the one that ends the message; `nil` where they are not base64 (RFC 4648 §4) or no
    /// such line follows. The caller wipes them.
    mutating func readContents(_ text: borrowing Span<UInt8>, label: String) -> [UInt8]? {
        let end = Array("-----END \(label)-----".utf8)
        var decoder = Base64Decoder(capacity: text.count)
        while position < text.count {
            let line = readLine(text)
            if text.extracting(line).hasSameBytes(end) { return decoder.finish() }
            for index in line where !decoder.append(text[index]) {
                decoder.discard()
                return nil
            }
        }
        decoder.discard()
        return nil
    }

    /// Whether nothing but white space is left.
    mutating func isAtEnd(_ text: borrowing Span<UInt8>) -> Bool {
        skipSpace(text)
        return position == text.count
    }

    private mutating func skipSpace(_ text: borrowing Span<UInt8>) {
        while position < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) { position += 1 }
    }

    /// The line that begins here, without its end, which is LF, CRLF or the text's own.
    private mutating func readLine(_ text: borrowing Span<UInt8>) -> Range<Int> {
        let start = position
        while position < text.count, text[position] != 0x0A { position += 1 }
        let end = position
        if position < text.count { position += 1 }
        return start..<(end > start && text[end - 1] == 0x0D ? end - 1 : end)
    }
}

extension Span<UInt8> {
    fileprivate func hasSameBytes(_ bytes: [UInt8]) -> Bool {
        guard count == bytes.count else { return false }
        for index in indices where self[index] != bytes[index] { return false }
        return true
    }
}
