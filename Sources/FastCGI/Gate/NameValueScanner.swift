/// Walks the name-value pairs of a PARAMS stream (FastCGI 1.0 §3.4) over record borders, and keeps nothing of them.
struct NameValueScanner {
    /// What is wrong with the pairs so far.
    enum Fault: Equatable {
        /// More pairs, or longer ones, than allowed.
        case tooLarge
        /// A byte that a C string cannot carry: NUL anywhere, `=` in a name.
        case unrepresentable
    }

    private enum Part { case nameLength, valueLength, name, value }

    private let limits: RequestLimits
    private var part = Part.nameLength
    private var lengthBytes = 0
    private var length = 0
    private var nameLength = 0
    private var left = 0
    private var pairs = 0

    init(limits: RequestLimits) {
        self.limits = limits
    }

    /// Whether the stream may end here: between two pairs.
    var isBetweenPairs: Bool {
        switch part {
        case .nameLength: lengthBytes == 0
        case .valueLength, .name, .value: false
        }
    }

    /// Takes the next bytes of the stream.
    mutating func scan(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Fault? {
        var index = range.lowerBound
        while index < range.upperBound {
            switch part {
            case .nameLength, .valueLength:
                takeLengthByte(bytes[index])
                index += 1
                if let fault = endLength() { return fault }
            case .name, .value:
                let end = min(range.upperBound, index + left)
                left -= end - index
                for position in index..<end {
                    let byte = bytes[position]
                    if byte == 0 || (byte == UInt8(ascii: "=") && part == .name) { return .unrepresentable }
                }
                index = end
                endContent()
            }
        }
        return nil
    }

    /// One byte below 128, or four with the highest bit of the first one set.
    private mutating func takeLengthByte(_ byte: UInt8) {
        if lengthBytes == 0, byte < 0x80 {
            length = Int(byte)
            lengthBytes = 4
        } else {
            length = lengthBytes == 0 ? Int(byte & 0x7F) : length << 8 | Int(byte)
            lengthBytes += 1
        }
    }

    private mutating func endLength() -> Fault? {
        guard lengthBytes == 4 else { return nil }
        lengthBytes = 0
        guard length <= limits.maximumParameterBytes else { return .tooLarge }
        switch part {
        case .nameLength:
            nameLength = length
            part = .valueLength
        case .valueLength, .name, .value:
            pairs += 1
            guard pairs <= limits.maximumParameters else { return .tooLarge }
            left = nameLength
            part = .name
            endContent()
        }
        return nil
    }

    /// Goes on to what follows a name or value that is complete; either may be empty.
    private mutating func endContent() {
        if part == .name, left == 0 {
            left = length
            part = .value
        }
        if part == .value, left == 0 { part = .nameLength }
    }
}
