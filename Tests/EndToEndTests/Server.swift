import Foundation
import TestSupport

/// What a login with tokens gives.
struct Tokens: Sendable {
    let access: String
    let refresh: String

    init(_ reply: ScenarioReply) throws {
        guard reply.status == 200, let access = reply.string("token"), let refresh = reply.string("refresh_token")
        else {
            throw Site.Failure(description: "no tokens: \(reply.status) \(reply.body)")
        }
        self.access = access
        self.refresh = refresh
    }
}

/// A running Gatelodge as clients see it, on its socket.
struct Server: Sendable {
    let socketPath: String

    /// Everybody's in these tests.
    static let password = "correct horse battery"

    func connect() throws -> RawClient { try RawClient(path: socketPath) }

    /// - Parameter parameters: what nginx sets beside those of the request.
    func ask(_ request: ScenarioRequest, parameters: [(String, String)] = []) throws -> ScenarioReply {
        let client = try connect()
        try client.send(request, parameters: parameters)
        return try client.receiveScenarioReply()
    }

    func register(_ username: String) throws {
        let reply = try ask(.post("/api/register", credentials(username)))
        guard reply.status == 200 else { throw Site.Failure(description: "not registered: \(reply.body)") }
    }

    func logIn(_ username: String, password: String = Server.password) throws -> Tokens {
        try Tokens(ask(.post("/api/login", credentials(username, password))))
    }

    /// The value of the cookie of a new session.
    func logInForCookie(_ username: String) throws -> String {
        let body = #"{"username":"\#(username)","password":"\#(Self.password)","cookie":true}"#
        let field = try ask(.post("/api/login", body)).fields["set-cookie"] ?? ""
        guard let start = field.firstIndex(of: "=") else { throw Site.Failure(description: "no cookie: \(field)") }
        return String(field[field.index(after: start)...].prefix { $0 != ";" })
    }

    func refresh(_ token: String) throws -> ScenarioReply { try ask(.refresh(token)) }

    /// Whether an access token is good here; anything but yes and no is a failure.
    func accepts(_ token: String) throws -> Bool { try accepts(.get("/api/posts", authorization: "Bearer \(token)")) }

    /// Whether the cookie of a session is good here.
    func accepts(cookie: String) throws -> Bool {
        try accepts(ScenarioRequest("GET", "/api/posts", fields: [("Cookie", "__Host-gatelodge=\(cookie)")]))
    }

    private func accepts(_ request: ScenarioRequest) throws -> Bool {
        let reply = try ask(request)
        switch (reply.status, reply.string("code")) {
        case (200, _): return true
        case (401, "invalid_token"): return false
        default: throw Site.Failure(description: "neither yes nor no: \(reply.status) \(reply.body)")
        }
    }

    private func credentials(_ username: String, _ password: String = Server.password) -> String {
        #"{"username":"\#(username)","password":"\#(password)"}"#
    }
}

extension ScenarioRequest {
    /// `POST /api/refresh`
    static func refresh(_ token: String) -> ScenarioRequest { .post("/api/refresh", #"{"refresh_token":"\#(token)"}"#) }

    /// A request with an access token.
    static func with(_ token: String, _ method: String, _ path: String, _ json: String? = nil) -> ScenarioRequest {
        var request = ScenarioRequest(method, path, fields: [("Authorization", "Bearer \(token)")])
        if let json {
            request.fields.append((name: "Content-Type", value: "application/json"))
            request.body = [UInt8](json.utf8)
        }
        return request
    }
}

extension ScenarioReply {
    /// Status and code of an answer, as in `401 invalid_token`; the status alone where there is no code.
    var outcome: String {
        let code = string("code") ?? fields["x-auth-error"] ?? string("error")
        return code.map { "\(status) \($0)" } ?? "\(status)"
    }
}
