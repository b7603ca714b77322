/// Records of comma-separated values (RFC 4180), whose first names the columns.
struct CSVRecords {
    private let columns: [ImportFields.Name]

    /// Reads the line of column names.
    init(header: [UInt8]) throws(ImportFields.Refusal) {
        guard case .complete(let names) = try Self.split(header) else {
            throw ImportFields.Refusal(reason: "a quoted column name does not end")
        }
        var columns: [ImportFields.Name] = []
        for name in names {
            let column = try ImportFields.name(name)
            guard !columns.contains(column) else { throw ImportFields.Refusal(reason: "\"\(name)\" stands twice") }
            columns.append(column)
        }
        for needed in [ImportFields.Name.username, .passwordHash] where !columns.contains(needed) {
            throw ImportFields.Refusal(reason: "the first line names no column \"\(needed.rawValue)\"")
        }
        self.columns = columns
    }

    func fields(of values: [String]) throws(ImportFields.Refusal) -> ImportFields {
        guard values.count == columns.count else {
            throw ImportFields.Refusal(reason: "\(values.count) fields under \(columns.count) columns")
        }
        var fields = ImportFields()
        for (column, value) in zip(columns, values) where !value.isEmpty {
            switch column {
            case .username: fields.username = value
            case .passwordHash: fields.passwordHash = value
            case .roles: fields.roles = value.split { $0 == " " || $0 == "," }.map(String.init)
            case .disabled: fields.isDisabled = try Self.bool(value)
            case .created: try fields.setCreated(value)
            case .id: try fields.setID(value)
            }
        }
        return fields
    }

    /// What some bytes are: a record, or the beginning of one whose quoted field goes on in the next line.
    enum Split {
        case complete([String])
        case unfinished
    }

    static func split(_ bytes: [UInt8]) throws(ImportFields.Refusal) -> Split {
        var values: [[UInt8]] = [[]]
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\"") where values[values.count - 1].isEmpty:
                guard let end = closingQuote(bytes, from: index + 1) else { return .unfinished }
                guard end + 1 == bytes.count || bytes[end + 1] == UInt8(ascii: ",") else {
                    throw ImportFields.Refusal(reason: "something follows a closing quotation mark")
                }
                values[values.count - 1] = unquote(bytes[index + 1..<end])
                index = end + 1
            case UInt8(ascii: "\""): throw ImportFields.Refusal(reason: "a quotation mark in a field without quotation")
            case UInt8(ascii: ","):
                values.append([])
                index += 1
            default:
                values[values.count - 1].append(bytes[index])
                index += 1
            }
        }
        var texts: [String] = []
        for value in values {
            guard let text = String(validating: value, as: UTF8.self) else {
                throw ImportFields.Refusal(reason: "not UTF-8")
            }
            texts.append(text)
        }
        return .complete(texts)
    }

    /// Two quotation marks inside a quoted field are one.
    private static func closingQuote(_ bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\"") {
                guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") else { return index }
                index += 1
            }
            index += 1
        }
        return nil
    }

    private static func unquote(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        var isSecond = false
        for byte in bytes {
            isSecond = byte == UInt8(ascii: "\"") && !isSecond
            if !isSecond { text.append(byte) }
        }
        return text
    }

    private static func bool(_ text: String) throws(ImportFields.Refusal) -> Bool {
        switch text {
        case "true", "t", "1": true
        case "false", "f", "0": false
        default: throw ImportFields.Refusal(reason: "\"disabled\" is neither true nor false")
        }
    }
}
