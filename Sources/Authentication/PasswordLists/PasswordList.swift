/// An operator's list of passwords that nobody may have: lines sorted by their bytes, in a file that stays where it is.
///
/// A search reads about as many lines as the file's size has bits, so a list of breached passwords of any size costs no memory
/// and some microseconds.
package struct PasswordList: Sendable {
    /// Of the longest line.
    static let maximumLineBytes = 4_096

    /// Up to this size every line is looked at when the list is opened. Of a larger one it is a sample.
    static let wholeBytes = 4 << 20
    private static let sampleCount = 1_024

    private let file: MappedFile
    private let form: PasswordListForm

    /// Opens a file and looks whether it can be searched.
    package init(path: String) throws(PasswordListFault) {
        file = try MappedFile(path: path)
        form = try file.withSpan { bytes throws(PasswordListFault) in
            let first = try ListLine(at: 0, in: bytes)
            return PasswordListForm(ofFirstLine: bytes.extracting(first.text))
        }
        try file.withSpan { [form] bytes throws(PasswordListFault) in
            if bytes.count <= Self.wholeBytes {
                try Self.check(bytes, form)
            } else {
                try Self.checkSample(of: bytes, form)
            }
        }
    }

    /// Whether a password is listed.
    /// - Throws: what makes the list unusable by now.
    func contains(_ password: [UInt8]) throws(PasswordListFault) -> Bool {
        let key = form.key(of: password)
        return try file.withSpan { [form] bytes throws(PasswordListFault) in
            var (low, high) = (0, bytes.count)
            while low < high {
                let line = try ListLine(around: low + (high - low) / 2, in: bytes)
                switch form.order(bytes.extracting(line.text), key.span) {
                case 0: return true
                case ..<0: low = line.next
                default: high = line.start
                }
            }
            return false
        }
    }

    private static func check(
        _ bytes: borrowing Span<UInt8>, _ form: PasswordListForm
    ) throws(PasswordListFault) {
        var previous: ListLine?
        var next = 0
        while next < bytes.count {
            let line = try ListLine(at: next, in: bytes)
            try check(line, after: previous, in: bytes, form)
            (previous, next) = (line, line.next)
        }
    }

    private static func checkSample(
        of bytes: borrowing Span<UInt8>, _ form: PasswordListForm
    ) throws(PasswordListFault) {
        var previous: ListLine?
        for index in 0..<sampleCount {
            let line = try ListLine(around: bytes.count / sampleCount * index, in: bytes)
            try check(line, after: previous, in: bytes, form)
            previous = line
            guard line.next < bytes.count else { continue }
            let following = try ListLine(at: line.next, in: bytes)
            try check(following, after: line, in: bytes, form)
            previous = following
        }
    }

    private static func check(
        _ line: ListLine, after previous: ListLine?, in bytes: borrowing Span<UInt8>, _ form: PasswordListForm
    ) throws(PasswordListFault) {
        guard form.matches(bytes.extracting(line.text)) else { throw .malformed(place: line.place(in: bytes)) }
        guard let previous, previous.start < line.start else { return }
        guard form.order(bytes.extracting(previous.text), bytes.extracting(line.text)) <= 0 else {
            throw .unsorted(place: line.place(in: bytes))
        }
    }
}
