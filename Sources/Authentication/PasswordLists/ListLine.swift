/// Where a line of a ``PasswordList`` lies.
struct ListLine {
    let start: Int
    let end: Int
    /// Without the carriage return that some lists have.
    let text: Range<Int>

    var next: Int { end + 1 }

    /// The line that begins at a byte.
    init(at start: Int, in bytes: borrowing Span<UInt8>) throws(PasswordListFault) {
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
            end += 1
            guard end - start <= PasswordList.maximumLineBytes else {
                throw .lineTooLong(place: Self.place(of: start, in: bytes))
            }
        }
        self.start = start
        self.end = end
        text = start..<(end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end)
    }

    /// The line that a byte is of.
    init(around offset: Int, in bytes: borrowing Span<UInt8>) throws(PasswordListFault) {
        var start = offset
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n") {
            start -= 1
            guard offset - start <= PasswordList.maximumLineBytes else {
                throw .lineTooLong(place: Self.place(of: offset, in: bytes))
            }
        }
        try self.init(at: start, in: bytes)
    }

    /// As people look for it: the number of the line, but for files so large that nobody counts.
    func place(in bytes: borrowing Span<UInt8>) -> String { Self.place(of: start, in: bytes) }

    private static func place(of offset: Int, in bytes: borrowing Span<UInt8>) -> String {
        guard offset <= PasswordList.wholeBytes else { return "byte \(offset)" }
        return "line \((0..<offset).count { bytes[$0] == UInt8(ascii: "\n") } + 1)"
    }
}
