/// Reads the directives of one file; `include` stays one. It knows as much of nginx's grammar as configuration in use has.
struct NginxReader {
    /// Deeper blocks than any real configuration has.
    private static let maximumDepth = 32

    private let file: String
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    private init(_ file: NginxFile) {
        self.file = file.path
        bytes = [UInt8](file.text.utf8)
    }

    static func read(_ file: NginxFile) throws(NginxFault) -> [NginxDirective] {
        var reader = NginxReader(file)
        return try reader.block(depth: 0)
    }

    private enum Token {
        case word(String)
        case semicolon, open, close, end
    }

    private var place: String { "\(file):\(line)" }

    private mutating func block(depth: Int) throws(NginxFault) -> [NginxDirective] {
        guard depth <= Self.maximumDepth else {
            throw NginxFault(place: place, reason: "blocks stand too deep in one another")
        }
        var directives: [NginxDirective] = []
        var words: [String] = []
        var start = place
        while true {
            switch try token() {
            case .word(let word):
                if words.isEmpty { start = place }
                words.append(word)
            case .semicolon:
                guard let name = words.first else { throw NginxFault(place: place, reason: "a semicolon ends nothing") }
                directives.append(
                    NginxDirective(name: name, arguments: Array(words.dropFirst()), block: nil, place: start))
                words = []
            case .open:
                guard let name = words.first else { throw NginxFault(place: place, reason: "a block has no name") }
                // Another language's text, whose braces come in pairs.
                let inner = name.hasSuffix("_by_lua_block") ? try skipForeign() : try block(depth: depth + 1)
                directives.append(
                    NginxDirective(name: name, arguments: Array(words.dropFirst()), block: inner, place: start))
                words = []
            case .close:
                guard depth > 0, words.isEmpty else { throw NginxFault(place: place, reason: "a brace closes nothing") }
                return directives
            case .end:
                guard depth == 0, words.isEmpty else {
                    throw NginxFault(place: place, reason: "the file ends too early")
                }
                return directives
            }
        }
    }

    private mutating func token() throws(NginxFault) -> Token {
        skipBlanks()
        guard position < bytes.count else { return .end }
        switch bytes[position] {
        case UInt8(ascii: ";"):
            position += 1
            return .semicolon
        case UInt8(ascii: "{"):
            position += 1
            return .open
        case UInt8(ascii: "}"):
            position += 1
            return .close
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .word(try quoted())
        default: return .word(bare())
        }
    }

    private mutating func skipBlanks() {
        var isComment = false
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\n"):
                isComment = false
                line += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            case UInt8(ascii: "#"): isComment = true
            default: if !isComment { return }
            }
            position += 1
        }
    }

    private mutating func quoted() throws(NginxFault) -> String {
        let quote = bytes[position]
        var word: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == quote { return String(decoding: word, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte == UInt8(ascii: "\\"), position < bytes.count {
                // Before anything but a quote or itself it stands for itself, as in a regular expression.
                let next = bytes[position]
                if next != quote, next != UInt8(ascii: "\\") { word.append(byte) }
                word.append(next)
                position += 1
            } else {
                word.append(byte)
            }
        }
        throw NginxFault(place: place, reason: "a quotation does not end")
    }

    private mutating func bare() -> String {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: ";"):
                return String(decoding: bytes[start..<position], as: UTF8.self)
            case UInt8(ascii: "{"), UInt8(ascii: "}"):
                // The braces of ${name}, and of a regular expression's {2,3}, which nginx wants quoted.
                let isVariable = bytes[start..<position].contains(UInt8(ascii: "$"))
                if !isVariable { return String(decoding: bytes[start..<position], as: UTF8.self) }
            case UInt8(ascii: "\\"): position += 1
            default: break
            }
            position += 1
        }
        position = min(position, bytes.count)
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipForeign() throws(NginxFault) -> [NginxDirective] {
        var depth = 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            default: break
            }
            position += 1
            if depth == 0 { return [] }
        }
        throw NginxFault(place: place, reason: "the file ends too early")
    }
}
