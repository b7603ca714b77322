internal import FastCGI
internal import JSON

/// The body `{"username","password"}`. Other members are nothing to us.
struct Credentials {
    let username: String
    let password: String

    init(_ request: Request) throws(ErrorReply) {
        guard let members = try request.json().objectValue else { throw .invalidJSON }
        username = try members.string("username")
        password = try members.string("password")
    }
}

extension JSONObject {
    /// A member that must be there and be a string.
    func string(_ name: String) throws(ErrorReply) -> String {
        guard let value = self[name] else { throw .missingField(name) }
        guard let string = value.stringValue else { throw .invalidField(name) }
        return string
    }
}
