internal import Logging

/// One line while it is put together.
struct LogLine {
    /// What a pipe takes whole (PIPE_BUF, pipe(7)), so that lines of two processes never mix.
    static let maximumBytes = 4096

    /// A longer text is cut, and ends with an ellipsis.
    static let maximumTextBytes = 1024

    /// How deep lists and dictionaries are shown.
    private static let maximumDepth = 4

    /// Room for saying that something was left out, for the brace and for the newline.
    private static let reserve = 24

    private var bytes: [UInt8] = []
    private var isCut = false
    private var isJSON = false

    init() { bytes.reserveCapacity(512) }

    /// The bytes with the newline.
    consuming func finished() -> [UInt8] {
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    // MARK: What is safe as it is

    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ time: LogTime) {
        time.append(to: &bytes)
    }

    // MARK: What may hold anything

    /// Text as a JSON string.
    mutating func append(quoted text: String) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(neutralised: text, escapesQuotes: true, limit: Self.maximumTextBytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Text for people.
    mutating func append(plain text: String) {
        bytes.append(neutralised: text, escapesQuotes: false, limit: Self.maximumTextBytes)
    }

    /// A member of the JSON object, of which there is one before.
    mutating func append(memberOf value: Logger.MetadataValue, named name: String) {
        appendIfItFits(elsewise: #","cut":true"#) { line in
            line.append(",")
            line.append(quoted: Self.reserved.contains(name) ? name + "_" : name)
            line.append(":")
            line.append(value, depth: 0)
        }
    }

    /// ` name=value`, where the value stands in quotation marks unless it is one plain word.
    mutating func append(wordOf value: Logger.MetadataValue, named name: String) {
        appendIfItFits(elsewise: " …") { line in
            line.append(" ")
            line.append(plain: name)
            line.append("=")
            if case .string(let text) = value, text.isPlainWord {
                line.append(plain: text)
            } else {
                line.append(value, depth: 0)
            }
        }
    }

    /// The members that each line has; metadata of these names gets another.
    private static let reserved: Set<String> = ["time", "level", "message", "cut"]

    /// Leaves out what would make the line too long, and says once that it did.
    private mutating func appendIfItFits(elsewise mark: String, _ body: (inout LogLine) -> Void) {
        let before = bytes.count
        body(&self)
        guard bytes.count > Self.maximumBytes - Self.reserve else { return }
        bytes.removeLast(bytes.count - before)
        if !isCut { append(mark) }
        isCut = true
    }

    private mutating func append(_ value: Logger.MetadataValue, depth: Int) {
        switch value {
        case .string(let text): append(quoted: text)
        case .stringConvertible(let number as Int): append(String(number))
        case .stringConvertible(let number as Double) where number.isFinite: append("\(number)")
        case .stringConvertible(let isTrue as Bool): append(isTrue ? "true" : "false")
        case .stringConvertible(let other): append(quoted: other.description)
        case .array, .dictionary:
            guard depth < Self.maximumDepth, bytes.count < Self.maximumBytes else { return append(#""…""#) }
            appendElements(of: value, depth: depth + 1)
        }
    }

    private mutating func appendElements(of value: Logger.MetadataValue, depth: Int) {
        var separator = ""
        if case .array(let elements) = value {
            append("[")
            for element in elements where bytes.count < Self.maximumBytes {
                append(separator)
                append(element, depth: depth)
                separator = ","
            }
            append("]")
        } else if case .dictionary(let members) = value {
            append("{")
            for (name, member) in members.sorted(by: { $0.key < $1.key }) where bytes.count < Self.maximumBytes {
                append(separator)
                append(quoted: name)
                append(":")
                append(member, depth: depth)
                separator = ","
            }
            append("}")
        }
    }
}

extension String {
    /// Whether nobody could take it for more than one word, or for something in quotation marks.
    fileprivate var isPlainWord: Bool {
        !isEmpty && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") }
    }
}
