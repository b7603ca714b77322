public import FastCGI
internal import HTTPTypes
public import JSON

extension Request {
    /// The longest JSON body in bytes.
    public static let maximumJSONBytes = JSONLimits.default.maximumBytes

    /// The body as JSON.
    ///
    /// - Throws: ``ErrorReply`` with 415 for another content type, 413 for a body that is too long, 400 for one that is
    ///   no JSON or uses a name twice.
    public func json() throws(ErrorReply) -> JSONValue {
        try requireContentType("application/json")
        guard body.count <= Self.maximumJSONBytes else { throw .contentTooLarge }
        do throws(JSONError) { return try JSONValue(parsing: body.span) } catch { throw .invalidJSON }
    }

    /// - Throws: ``ErrorReply`` with 415, which names the type that is wanted.
    func requireContentType(_ wanted: String) throws(ErrorReply) {
        // RFC 9110 §8.3.1: type and subtype are case-insensitive, parameters follow a semicolon.
        let type = header(.contentType)?.prefix { $0 != ";" }.lowercased()
        guard let type, type.trimmingOptionalWhitespace() == wanted else { throw .unsupportedMediaType(wanted: wanted) }
    }
}

extension StringProtocol {
    /// Without spaces and tabs at its ends (OWS, RFC 9110 §5.6.3).
    func trimmingOptionalWhitespace() -> SubSequence {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let start = firstIndex { !isBlank($0) } ?? endIndex
        let end = self[start...].lastIndex { !isBlank($0) }.map { index(after: $0) } ?? start
        return self[start..<end]
    }
}
