/// Apache's user files: a name, a colon and a hash a line.
enum HtpasswdRecords {
    static func fields(of line: [UInt8]) throws(ImportFields.Refusal) -> ImportFields {
        guard let text = String(validating: line, as: UTF8.self) else {
            throw ImportFields.Refusal(reason: "not UTF-8")
        }
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            throw ImportFields.Refusal(reason: "no colon between a name and a hash")
        }
        var fields = ImportFields()
        fields.username = String(text[..<colon])
        fields.passwordHash = String(text[text.utf8.index(after: colon)...])
        return fields
    }
}
