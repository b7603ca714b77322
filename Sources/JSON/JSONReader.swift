/// A recursive-descent reader: one function per production of RFC 8259, each of which leaves `offset` behind what it read.
struct JSONReader {
    /// From how many members on names are compared through a set instead of one by one.
    private static let fewMembers = 16

    private let maximumDepth: Int
    private var offset = 0

    init(maximumDepth: Int) { self.maximumDepth = maximumDepth }

    /// `JSON-text = ws value ws` (§2)
    mutating func readText(_ text: borrowing Span<UInt8>) throws(JSONError) -> JSONValue {
        if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { throw .byteOrderMark }
        skipWhiteSpace(text)
        let value = try readValue(text, depth: 0)
        skipWhiteSpace(text)
        guard offset == text.count else { throw .trailingBytes(offset: offset) }
        return value
    }

    private mutating func readValue(_ text: borrowing Span<UInt8>, depth: Int) throws(JSONError) -> JSONValue {
        switch try peek(text) {
        case UInt8(ascii: "\""): return .string(try readString(text))
        case UInt8(ascii: "{"): return .object(try readObject(text, depth: depth + 1))
        case UInt8(ascii: "["): return .array(try readArray(text, depth: depth + 1))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try readNumber(text))
        case UInt8(ascii: "t"): return try readWord("true", text, as: .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", text, as: .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", text, as: .null)
        default: throw .unexpectedByte(offset: offset)
        }
    }

    /// §4
    private mutating func readObject(_ text: borrowing Span<UInt8>, depth: Int) throws(JSONError) -> JSONObject {
        guard depth <= maximumDepth else { throw .tooDeep(offset: offset) }
        offset += 1
        skipWhiteSpace(text)
        var members: [JSONObject.Member] = []
        var names = Set<[UInt8]>()
        if try take(UInt8(ascii: "}"), text) { return JSONObject() }
        repeat {
            skipWhiteSpace(text)
            guard try peek(text) == UInt8(ascii: "\"") else { throw .unexpectedByte(offset: offset) }
            let start = offset
            let name = try readString(text)
            guard isNew(name, among: members, names: &names) else { throw .duplicateName(offset: start) }
            skipWhiteSpace(text)
            guard try take(UInt8(ascii: ":"), text) else { throw .unexpectedByte(offset: offset) }
            skipWhiteSpace(text)
            let value = try readValue(text, depth: depth)
            members.append(JSONObject.Member(name: name, value: value))
            skipWhiteSpace(text)
        } while try take(UInt8(ascii: ","), text)
        guard try take(UInt8(ascii: "}"), text) else { throw .unexpectedByte(offset: offset) }
        return JSONObject(distinct: members)
    }

    /// §5
    private mutating func readArray(_ text: borrowing Span<UInt8>, depth: Int) throws(JSONError) -> [JSONValue] {
        guard depth <= maximumDepth else { throw .tooDeep(offset: offset) }
        offset += 1
        skipWhiteSpace(text)
        var elements: [JSONValue] = []
        if try take(UInt8(ascii: "]"), text) { return elements }
        repeat {
            skipWhiteSpace(text)
            elements.append(try readValue(text, depth: depth))
            skipWhiteSpace(text)
        } while try take(UInt8(ascii: ","), text)
        guard try take(UInt8(ascii: "]"), text) else { throw .unexpectedByte(offset: offset) }
        return elements
    }

    /// Small objects compare each pair; large ones go through a set with Swift's seeded hash, so that thousands of names
    /// cost no more than thousands of steps.
    private func isNew(_ name: String, among members: [JSONObject.Member], names: inout Set<[UInt8]>) -> Bool {
        if members.count < JSONReader.fewMembers { return !members.contains { hasSameBytes($0.name, name) } }
        if names.isEmpty {
            for member in members { names.insert([UInt8](member.name.utf8)) }
        }
        return names.insert([UInt8](name.utf8)).inserted
    }

    private mutating func readWord(
        _ word: StaticString, _ text: borrowing Span<UInt8>, as value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            let expected = unsafe word.utf8Start[index]
            guard try peek(text) == expected else { throw .unexpectedByte(offset: offset) }
            offset += 1
        }
        return value
    }

    private mutating func readString(_ text: borrowing Span<UInt8>) throws(JSONError) -> String {
        try JSONStringReader.read(text, from: &offset)
    }

    private mutating func readNumber(_ text: borrowing Span<UInt8>) throws(JSONError) -> JSONNumber {
        try JSONNumberReader.read(text, from: &offset)
    }

    private func peek(_ text: borrowing Span<UInt8>) throws(JSONError) -> UInt8 {
        guard offset < text.count else { throw .unexpectedEnd(offset: offset) }
        return text[offset]
    }

    private mutating func take(_ byte: UInt8, _ text: borrowing Span<UInt8>) throws(JSONError) -> Bool {
        guard try peek(text) == byte else { return false }
        offset += 1
        return true
    }

    private mutating func skipWhiteSpace(_ text: borrowing Span<UInt8>) {
        while offset < text.count {
            switch text[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }
}
