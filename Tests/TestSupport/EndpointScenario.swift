public import Testing

/// One request to an endpoint and what its reply must and must not be. The same rows run in process, over the socket
/// and behind nginx.
public struct EndpointScenario: Sendable, CustomTestStringConvertible {
    /// A sentence.
    public let name: String
    /// The request. In header values and the body, `{token}` stands for a valid access token of `vicky`, and
    /// `{altered}` for the same token with one character of its signature changed.
    public let request: ScenarioRequest
    /// The status.
    public let status: Int
    /// What the body holds.
    public let contains: [String]
    /// What neither the body nor a header field holds.
    public let excludes: [String]
    /// Header fields and what their values begin with; an empty one stands for a field that must not be there.
    public let fields: [String: String]

    /// A row.
    public init(
        _ name: String, _ request: ScenarioRequest, status: Int, contains: [String] = [], excludes: [String] = [],
        fields: [String: String] = [:]
    ) {
        self.name = name
        self.request = request
        self.status = status
        self.contains = contains
        self.excludes = excludes
        self.fields = fields
    }

    /// The name.
    public var testDescription: String { name }
}

/// A request as a test writes it down.
public struct ScenarioRequest: Sendable {
    /// The method.
    public var method: String
    /// The path with its query.
    public var path: String
    /// Header fields in their order.
    public var fields: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]

    /// A request without a body.
    public init(_ method: String, _ path: String, fields: [(String, String)] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.fields = fields.map { (name: $0.0, value: $0.1) }
        self.body = body
    }

    /// A POST of JSON.
    public static func post(_ path: String, _ json: String, type: String? = "application/json") -> ScenarioRequest {
        ScenarioRequest(
            "POST", path, fields: type.map { [("Content-Type", $0)] } ?? [], body: [UInt8](json.utf8))
    }

    /// A GET with an `Authorization` field.
    public static func get(_ path: String, authorization: String? = nil) -> ScenarioRequest {
        ScenarioRequest("GET", path, fields: authorization.map { [("Authorization", $0)] } ?? [])
    }

    /// With the placeholders replaced.
    public func replacing(_ replacements: [String: String]) -> ScenarioRequest {
        func replaced(_ text: String) -> String {
            replacements.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
        }
        var request = self
        request.fields = fields.map { (name: $0.name, value: replaced($0.value)) }
        request.body = [UInt8](replaced(String(decoding: body, as: UTF8.self)).utf8)
        // A body that is no text holds no placeholder.
        if request.body.count == body.count || String(validating: body, as: UTF8.self) == nil { request.body = body }
        return request
    }

    /// As request parameters, as our nginx configuration sends them.
    public var parameters: [(String, String)] {
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var parameters = [
            ("REQUEST_METHOD", method), ("SCRIPT_NAME", String(parts[0])),
            ("QUERY_STRING", parts.count > 1 ? String(parts[1]) : ""),
            ("CONTENT_LENGTH", body.isEmpty ? "" : "\(body.count)"), ("REMOTE_ADDR", "127.0.0.1"),
        ]
        for field in fields {
            let name = field.name.uppercased().replacing("-", with: "_")
            parameters.append((name == "CONTENT_TYPE" ? name : "HTTP_" + name, field.value))
        }
        return parameters
    }
}

/// A reply, however it came.
public struct ScenarioReply: Sendable {
    /// The status.
    public let status: Int
    /// Header fields by lower-case name.
    public let fields: [String: String]
    /// The body as text.
    public let body: String

    /// A reply.
    public init(status: Int, fields: [String: String], body: String) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// Reads a header and body, where the status is in the first line (HTTP) or in the field `Status` (CGI).
    public init?(parsing text: String) {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        var fields: [String: String] = [:]
        var status: Int?
        for line in text[..<end.lowerBound].split(separator: "\r\n") {
            if line.hasPrefix("HTTP/1.1 ") {
                status = Int(line.dropFirst(9).prefix(3))
            } else if let colon = line.firstIndex(of: ":") {
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                fields[line[..<colon].lowercased()] = String(value)
            }
        }
        guard let status = status ?? fields["status"].flatMap({ Int($0.prefix(3)) }) else { return nil }
        self.init(status: status, fields: fields, body: String(text[end.upperBound...]))
    }

    /// What is wrong with it for a scenario; empty when nothing is.
    public func faults(for scenario: EndpointScenario) -> [String] {
        var faults: [String] = []
        if status != scenario.status { faults.append("status \(status), not \(scenario.status)") }
        for text in scenario.contains where !body.contains(text) { faults.append("the body lacks \(text)") }
        let everything = body + fields.map { "\($0): \($1)" }.joined(separator: "\n")
        for text in scenario.excludes where everything.contains(text) { faults.append("the reply holds \(text)") }
        for (name, value) in scenario.fields {
            let found = fields[name.lowercased()]
            if value.isEmpty ? found != nil : found?.hasPrefix(value) != true {
                faults.append("\(name) is \(found ?? "missing"), not \(value)")
            }
        }
        return faults.isEmpty ? [] : faults + ["body: \(body.prefix(300))"]
    }

    /// The value of a string member of a flat JSON body.
    public func string(_ name: String) -> String? {
        guard let start = body.firstRange(of: "\"\(name)\":\"")?.upperBound else { return nil }
        return String(body[start...].prefix { $0 != "\"" })
    }
}

extension String {
    /// A token with one character of its signature changed; not the last one, of whose bits not all count.
    public var altered: String {
        let place = index(endIndex, offsetBy: -10)
        return String(self[..<place]) + (self[place] == "A" ? "B" : "A") + self[index(after: place)...]
    }
}
