public import HTTPTypes
internal import Synchronization

/// One request, copied out of the library: nothing in it points anywhere else.
public struct Request: Sendable {
    /// The request parameters, among them the header fields as `HTTP_…` (RFC 3875 §4.1.18).
    public let parameters: RequestParameters

    /// The body, exactly as long as `CONTENT_LENGTH` says.
    public let body: [UInt8]

    /// What the web server asks for.
    public let role: Role

    /// The method of `REQUEST_METHOD`.
    public let method: HTTPRequest.Method

    /// The path that the web server routed on, decoded and normalised: `PATH_INFO` where a script has one below
    /// its own path, else `SCRIPT_NAME`.
    public let path: String

    /// Of all requests of this process no other has it.
    package let number: UInt64

    /// What a router found in the path, by the names of its parameters.
    package var pathParameters: [(name: String, value: String)] = []

    /// The query of `QUERY_STRING`, without its `?` and still encoded; nil where there is none.
    public var query: String? {
        parameters["QUERY_STRING"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The peer of the web server, from `REMOTE_ADDR`.
    public var remoteAddress: String? { parameters["REMOTE_ADDR"] }

    /// Reads a request from its parameters and body.
    ///
    /// - Throws: ``RequestError`` where no handler could make sense of it.
    public init(
        parameters: RequestParameters, body: [UInt8], role: Role = .responder
    ) throws(RequestError) {
        guard let name = parameters["REQUEST_METHOD"], let method = HTTPRequest.Method(name) else {
            throw .method
        }
        // An authorizer gets no body, and some web servers tell it the length of the one that they keep (§6.3).
        if role == .responder { try Self.check(length: parameters.bytes(of: "CONTENT_LENGTH") ?? [], of: body) }
        self.parameters = parameters
        self.body = body
        self.role = role
        self.number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
        self.method = method
        let below = parameters["PATH_INFO"] ?? ""
        self.path = below.isEmpty ? parameters["SCRIPT_NAME"] ?? "" : below
    }

    /// The value of a header field; of a field that came more than once, the first.
    public func header(_ name: HTTPField.Name) -> String? {
        switch name {
        case .contentType: parameters["CONTENT_TYPE"] ?? parameters["HTTP_CONTENT_TYPE"]
        case .contentLength: parameters["CONTENT_LENGTH"]
        default: parameters[Self.parameterName(of: name)]
        }
    }

    private static let count = Atomic<UInt64>(0)

    /// The protocol-specific meta-variable of a header field (RFC 3875 §4.1.18).
    static func parameterName(of field: HTTPField.Name) -> String {
        "HTTP_" + field.canonicalName.uppercased().replacing("-", with: "_")
    }

    /// A length is digits alone (RFC 9110 §8.6) and true; only an empty body may go without.
    private static func check(length: ArraySlice<UInt8>, of body: [UInt8]) throws(RequestError) {
        if length.isEmpty {
            guard body.isEmpty else { throw .length }
            return
        }
        var value = 0
        for digit in length {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit), value <= body.count else { throw .length }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        guard value == body.count else { throw .length }
    }
}

/// What a web server asks an application for (FastCGI 1.0 §6).
public enum Role: UInt8, Sendable {
    /// A reply for the client (§6.2).
    case responder = 1
    /// Whether a request may pass: 200 lets it, and every other reply is the client's (§6.3).
    case authorizer = 2
}

/// Why parameters and body are no request.
public enum RequestError: Error, Equatable, Sendable {
    /// `REQUEST_METHOD` is missing or no token (RFC 9110 §9.1).
    case method
    /// `CONTENT_LENGTH` is malformed, or the body is of another length.
    case length
}
