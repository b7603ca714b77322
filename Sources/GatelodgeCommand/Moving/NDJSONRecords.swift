internal import JSON

/// One JSON object a line.
enum NDJSONRecords {
    static func fields(of line: [UInt8]) throws(ImportFields.Refusal) -> ImportFields {
        var fields = ImportFields()
        for member in try object(line).members where member.value != .null {
            switch try ImportFields.name(member.name) {
            case .username: fields.username = try string(member)
            case .passwordHash: fields.passwordHash = try string(member)
            case .roles: fields.roles = try roles(member)
            case .disabled: fields.isDisabled = try bool(member)
            case .created:
                if let seconds = member.value.integerValue {
                    try fields.setCreated(String(seconds))
                } else {
                    try fields.setCreated(string(member))
                }
            case .id: try fields.setID(string(member))
            }
        }
        return fields
    }

    private static func object(_ line: [UInt8]) throws(ImportFields.Refusal) -> JSONObject {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(
                parsing: line.span, limits: JSONLimits(maximumBytes: LineReader.maximumLineBytes, maximumDepth: 4))
        } catch {
            throw ImportFields.Refusal(reason: "no JSON that is read here: \(error)")
        }
        guard let object = value.objectValue else { throw ImportFields.Refusal(reason: "no JSON object") }
        return object
    }

    private static func string(_ member: JSONObject.Member) throws(ImportFields.Refusal) -> String {
        guard let text = member.value.stringValue else {
            throw ImportFields.Refusal(reason: "\"\(member.name)\" is no string")
        }
        return text
    }

    private static func bool(_ member: JSONObject.Member) throws(ImportFields.Refusal) -> Bool {
        guard let value = member.value.boolValue else {
            throw ImportFields.Refusal(reason: "\"\(member.name)\" is neither true nor false")
        }
        return value
    }

    private static func roles(_ member: JSONObject.Member) throws(ImportFields.Refusal) -> [String] {
        guard let elements = member.value.arrayValue, elements.allSatisfy({ $0.stringValue != nil }) else {
            throw ImportFields.Refusal(reason: "\"roles\" is no array of strings")
        }
        return elements.compactMap(\.stringValue)
    }
}
