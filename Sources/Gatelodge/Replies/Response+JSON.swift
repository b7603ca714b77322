public import FastCGI
public import HTTPTypes
public import JSON

extension Response {
    /// A JSON reply (RFC 8259).
    public static func json(
        _ value: JSONValue, status: HTTPResponse.Status = .ok, headerFields: HTTPFields = [:]
    ) -> Response {
        Response(status: status, headerFields: headerFields, body: .json(value))
    }
}

extension Response.Body {
    /// A JSON body in UTF-8.
    public static func json(_ value: JSONValue) -> Response.Body {
        Response.Body(value.serialized(), contentType: "application/json; charset=utf-8")
    }
}

extension Response {
    /// Adds what every reply of ours carries, unless the handler decided otherwise.
    mutating func addCommonFields() {
        if headerFields[.cacheControl] == nil { headerFields[.cacheControl] = "no-store" }
        if !body.bytes.isEmpty { headerFields[.xContentTypeOptions] = "nosniff" }
    }
}
