public import HTTPTypes

/// What a handler answers.
public struct Response: Sendable {
    /// The status.
    public var status: HTTPResponse.Status
    /// The header fields; `Content-Length` is added where it is missing.
    public var headerFields: HTTPFields
    /// The body.
    public var body: Body

    /// A response, with the body's own content type unless a header field names one.
    public init(status: HTTPResponse.Status, headerFields: HTTPFields = [:], body: Body = .empty) {
        self.status = status
        self.headerFields = headerFields
        self.body = body
        if let type = body.contentType, headerFields[.contentType] == nil {
            self.headerFields[.contentType] = type
        }
    }

    /// A body, whole and in memory.
    public struct Body: Sendable {
        /// The bytes.
        public let bytes: [UInt8]
        /// The media type that these bytes are of, where it is known.
        public let contentType: String?

        /// Bytes of a media type.
        public init(_ bytes: [UInt8], contentType: String? = nil) {
            self.bytes = bytes
            self.contentType = contentType
        }

        /// No body.
        public static let empty = Body([])

        /// Text in UTF-8.
        public static func text(_ text: String) -> Body {
            Body([UInt8](text.utf8), contentType: "text/plain; charset=utf-8")
        }
    }

    /// The CGI response (RFC 3875 §6): `Status`, the header fields, an empty line, the body.
    func serialized() -> [UInt8] {
        var head = "Status: \(status.code) \(status.reasonPhrase)\r\n"
        for field in headerFields { head += "\(field.name.rawName): \(field.value)\r\n" }
        if headerFields[.contentLength] == nil, mayHaveBody { head += "Content-Length: \(body.bytes.count)\r\n" }
        head += "\r\n"
        var bytes: [UInt8] = []
        bytes.reserveCapacity(head.utf8.count + body.bytes.count)
        bytes.append(contentsOf: head.utf8)
        if mayHaveBody { bytes.append(contentsOf: body.bytes) }
        return bytes
    }

    /// RFC 9110 §6.4.1: no content in 1xx, 204 and 304.
    private var mayHaveBody: Bool {
        status.kind != .informational && status != .noContent && status != .notModified
    }
}
