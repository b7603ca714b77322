internal import FastCGI
internal import HTTPTypes

extension Request {
    /// A document that is the same for everybody; 304 where the client has it already (RFC 9110 §13.1.2).
    func cacheable(_ bytes: [UInt8], entityTag: String, contentType: String) -> Response {
        let fields: HTTPFields = [.cacheControl: "public, max-age=300", .eTag: entityTag]
        if header(.ifNoneMatch).map({ matches($0, entityTag) }) == true {
            return Response(status: .notModified, headerFields: fields)
        }
        return Response(status: .ok, headerFields: fields, body: .init(bytes, contentType: contentType))
    }
}

/// `If-None-Match` compares weakly.
private func matches(_ condition: String, _ tag: String) -> Bool {
    condition.split(separator: ",").contains { candidate in
        let candidate = candidate.trimmingOptionalWhitespace()
        return candidate == "*" || candidate == tag || candidate == "W/" + tag
    }
}
