import TestSupport
import Testing

/// The contract of the product, asked for through whatever web server listens on a port.
struct HostContract {
    let port: UInt16

    func send(_ request: ScenarioRequest) throws -> ScenarioReply { try HTTPClient.send(request, port: port) }

    /// Sends a request several times before it waits for the first reply.
    func sendAtOnce(_ request: ScenarioRequest, times: Int) throws -> [ScenarioReply] {
        let clients = try (0..<times).map { _ in try RawClient(port: port) }
        for client in clients { try client.send(HTTPClient.bytes(of: request)) }
        return try clients.map { client in
            let text = String(decoding: try client.receiveToEnd(), as: UTF8.self)
            guard let reply = ScenarioReply(parsing: text) else { throw Site.Failure(description: "no reply: \(text)") }
            return reply
        }
    }

    /// Logs in whom ``expectAll()`` has registered.
    func logIn() throws -> Tokens { try Tokens(send(.post("/api/login", Self.vicky))) }

    /// Registers an account, logs in, and expects what is promised to it and to others.
    func expectAll(_ location: SourceLocation = #_sourceLocation) throws {
        func expect(_ request: ScenarioRequest, _ status: Int, _ text: String) throws {
            let reply = try send(request)
            let isRight = reply.status == status && reply.body.contains(text)
            #expect(
                isRight, "\(request.method) \(request.path): \(reply.status) \(reply.body)", sourceLocation: location)
        }
        try expect(.post("/register", Self.vicky), 200, "user registered successfully")
        try expect(.post("/api/register", Self.vicky), 409, "username_taken")
        try expect(.post("/login", #"{"username":"vicky","password":"another one"}"#), 401, "invalid credentials")
        let token = try logIn().access
        let welcome = #"{"message":"Welcome vicky"}"#
        for authorization in [token, "Bearer " + token] {
            try expect(.get("/api/posts", authorization: authorization), 200, welcome)
        }
        try expect(.get("/api/posts"), 401, #""code":"missing_token""#)
        try expect(.get("/api/posts", authorization: "Bearer " + token.altered), 401, #""code":"invalid_token""#)
        try expect(.get("/.well-known/jwks.json"), 200, #""kty":"EC""#)
        // One path in several spellings, and queries that look like commands.
        for path in ["/api/posts?user+list", "/api/posts?--help", "/api//posts", "/api/%70osts", "/api/x/../posts"] {
            try expect(.get(path), 401, #""code":"missing_token""#)
            try expect(.get(path, authorization: token), 200, welcome)
        }
        try expect(.get("/api/nowhere", authorization: token), 404, #""code":"not_found""#)
        // What a client says of the web server's own parameters is nothing to anybody.
        let forged = [("Auth-Surface", "verify"), ("AUTH_SURFACE", "verify"), ("Proxy", "http://127.0.0.1:9")]
        try expect(ScenarioRequest("GET", "/api/posts", fields: forged), 401, #""code":"missing_token""#)
        // More than the 96 KiB that Gatelodge takes, and less than the 128 of mod_fcgid.
        try expect(.post("/api/login", String(repeating: " ", count: 100 << 10)), 413, "")
    }

    static let vicky = #"{"username":"vicky","password":"\#(Server.password)"}"#
}
