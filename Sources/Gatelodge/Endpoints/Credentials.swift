internal import FastCGI
internal import JSON

/// The members `username` and `password` of a body.
struct Credentials {
    let username: String
    let password: String

    init(_ members: JSONObject) throws(ErrorReply) {
        username = try members.string("username")
        password = try members.string("password")
    }
}

extension Request {
    /// The members of a body that is a JSON object. Those that nobody asks for are nothing to us.
    func jsonObject() throws(ErrorReply) -> JSONObject {
        guard let members = try json().objectValue else { throw .invalidJSON }
        return members
    }
}

extension JSONObject {
    /// A member that must be there and be a string.
    func string(_ name: String) throws(ErrorReply) -> String {
        guard let string = try optionalString(name) else { throw .missingField(name) }
        return string
    }

    /// A member that is a string where it is there.
    func optionalString(_ name: String) throws(ErrorReply) -> String? {
        try optional(name, isA: "string") { $0.stringValue }
    }

    /// A member that is `true` or `false` where it is there.
    func optionalBoolean(_ name: String) throws(ErrorReply) -> Bool? {
        try optional(name, isA: "boolean") { $0.boolValue }
    }

    /// A member that is a whole number in a range where it is there.
    func optionalInteger(_ name: String, in range: ClosedRange<Int64>) throws(ErrorReply) -> Int64? {
        try optional(name, isA: "whole number from \(range.lowerBound) to \(range.upperBound)") { value in
            value.integerValue.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A member that is a list of strings where it is there.
    func optionalStrings(_ name: String) throws(ErrorReply) -> [String]? {
        try optional(name, isA: "list of strings") { value in
            guard let elements = value.arrayValue else { return nil }
            let strings = elements.compactMap(\.stringValue)
            return strings.count == elements.count ? strings : nil
        }
    }

    private func optional<Value>(
        _ name: String, isA type: String, _ read: (JSONValue) -> Value?
    ) throws(ErrorReply) -> Value? {
        guard let member = self[name] else { return nil }
        guard let value = read(member) else { throw .invalidField(name, isA: type) }
        return value
    }
}
