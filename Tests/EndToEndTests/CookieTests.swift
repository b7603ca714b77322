import Foundation
import TestSupport
import Testing

/// Sessions of browsers, behind a real nginx.
@Suite struct CookieTests {
    private let site: Site
    private static let credentials = #"{"username":"vicky","password":"\#(Server.password)"}"#
    private static let cookieLogin = #"{"username":"vicky","password":"\#(Server.password)","cookie":true}"#

    init() throws {
        site = try Site()
        try site.server.register("vicky")
    }

    /// Sends a request to the name that a browser knows the site by.
    private func send(_ request: ScenarioRequest, host: String = "example.org") throws -> ScenarioReply {
        var head = "\(request.method) \(request.path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n"
        for field in request.fields { head += "\(field.name): \(field.value)\r\n" }
        if request.method == "POST" { head += "Content-Length: \(request.body.count)\r\n" }
        let bytes = try HTTPClient.send([UInt8]((head + "\r\n").utf8) + request.body, port: site.port)
        return try #require(ScenarioReply(parsing: String(decoding: bytes, as: UTF8.self)))
    }

    private func request(_ method: String, _ path: String, _ fields: [(String, String)]) -> ScenarioRequest {
        ScenarioRequest(method, path, fields: fields)
    }

    private func logIn(host: String = "example.org") throws -> String {
        let field = try #require(try send(.post("/api/login", Self.cookieLogin), host: host).fields["set-cookie"])
        return String(field.prefix { $0 != ";" })
    }

    @Test(
        .promise(29),
        arguments: [
            ("example.org", "__Host-gatelodge", "Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=Lax"),
            ("127.0.0.1.example.org", "__Host-gatelodge", "Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=Lax"),
            ("localhost", "gatelodge", "Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"),
            ("127.0.0.1:8080", "gatelodge", "Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"),
        ])
    func `The cookie is the host's own, and hidden from scripts`(host: String, name: String, attributes: String) throws
    {
        let reply = try send(.post("/api/login", Self.cookieLogin), host: host)
        #expect(reply.status == 200)
        let field = try #require(reply.fields["set-cookie"])
        let value = field.prefix { $0 != ";" }
        #expect(value.hasPrefix("\(name)=glc_") && value.utf8.count == name.utf8.count + 48)
        #expect(String(field.dropFirst(value.count + 2)) == attributes)
        // No token for a script of the page to read.
        #expect(!reply.body.contains("token") && !reply.body.contains("glc_"))
        #expect(reply.string("username") == "vicky")
        #expect(try send(request("GET", "/api/posts", [("Cookie", String(value))]), host: host).status == 200)
    }

    @Test func `Without being asked for no cookie is set`() throws {
        let reply = try send(.post("/api/login", Self.credentials))
        #expect(reply.fields["set-cookie"] == nil)
        #expect(reply.string("token") != nil)
    }

    static let origins: [([(String, String)], Bool)] = [
        ([("Origin", "http://example.org")], true),
        ([("Sec-Fetch-Site", "same-origin")], true),
        ([("Sec-Fetch-Site", "same-origin"), ("Origin", "http://example.org")], true),
        ([], false),
        ([("Origin", "http://evil.example")], false),
        ([("Origin", "null")], false),
        ([("Origin", "")], false),
        ([("Origin", "http://example.org.evil.example")], false),
        ([("Origin", "http://sub.example.org")], false),
        ([("Origin", "http://example.org:8081")], false),
        ([("Sec-Fetch-Site", "cross-site")], false),
        ([("Sec-Fetch-Site", "same-site")], false),
        ([("Sec-Fetch-Site", "cross-site"), ("Referer", "http://example.org/")], false),
        ([("Referer", "http://example.org/")], false),
    ]

    @Test(.promise(29), arguments: origins)
    func `With the cookie only pages of the site itself may change something`(
        _ fields: [(String, String)], _ mayPass: Bool
    ) throws {
        let cookie = try logIn()
        let all = fields + [("Cookie", cookie), ("Content-Type", "application/json")]
        let refused = try send(request("DELETE", "/api/sessions/AAAAAAAAAAAAAAAAAAAAAA", all))
        #expect(refused.outcome == (mayPass ? "404 session_not_found" : "403 cross_site"))
        let logout = try send(request("POST", "/api/logout", fields + [("Cookie", cookie)]))
        #expect(logout.outcome == (mayPass ? "204" : "403 cross_site"))
        // What only reads passes from everywhere; a browser keeps the answer from other sites.
        let read = try send(request("GET", "/api/posts", all))
        #expect(read.outcome == (mayPass ? "401 invalid_token" : "200"))
    }

    @Test(.promise(29)) func `A page of another site cannot log a browser in`() throws {
        for path in ["/login", "/api/login", "/register"] {
            var foreign = ScenarioRequest.post(path, Self.cookieLogin)
            foreign.fields.append((name: "Origin", value: "http://evil.example"))
            let reply = try send(foreign)
            #expect(reply.outcome == "403 cross_site")
            #expect(reply.fields["set-cookie"] == nil)
        }
        var own = ScenarioRequest.post("/api/login", Self.cookieLogin)
        own.fields.append((name: "Origin", value: "http://example.org"))
        #expect(try send(own).status == 200)
    }

    @Test(.promise(56)) func `The field Authorization wins over the cookie`() throws {
        let (cookie, token) = (try logIn(), try site.server.logIn("vicky").access)
        func read(_ token: String, _ cookie: String) throws -> String {
            try send(request("GET", "/api/posts", [("Authorization", "Bearer \(token)"), ("Cookie", cookie)])).outcome
        }
        #expect(try read(token, cookie) == "200")
        #expect(try read(token, cookie.altered) == "200")
        #expect(try read(token.altered, cookie) == "401 invalid_token")
        #expect(try read("", cookie) == "401 missing_token")
        #expect(try send(request("GET", "/api/posts", [("Cookie", cookie)])).outcome == "200")
        #expect(try send(request("GET", "/api/posts", [("Cookie", cookie.altered)])).outcome == "401 invalid_token")
        // With a token a page of another site proves nothing that it should not have.
        let fields = [("Authorization", "Bearer \(token)"), ("Cookie", cookie)]
        #expect(try send(request("POST", "/api/logout", fields)).outcome == "204")
        #expect(try send(request("GET", "/api/posts", [("Cookie", cookie)])).outcome == "200")
    }

    @Test(.promise(56)) func `Two cookies that differ are refused, as one of them was planted`() throws {
        let (first, second) = (try logIn(), try logIn())
        func read(_ cookies: String) throws -> String {
            try send(request("GET", "/api/posts", [("Cookie", cookies)])).outcome
        }
        #expect(try read("\(first); \(second)") == "400 differing_credentials")
        #expect(try read("\(first); \(first)") == "200")
        #expect(try read("theme=dark; \(first); other=1") == "200")
        #expect(try read("x\(first)") == "401 missing_token")
    }

    @Test func `Logging out takes the cookie away, and it is good for nothing any more`() throws {
        let (here, there) = (try logIn(), try logIn())
        let reply = try send(request("POST", "/api/logout", [("Cookie", here), ("Sec-Fetch-Site", "same-origin")]))
        #expect(reply.status == 204)
        #expect(
            reply.fields["set-cookie"] == "__Host-gatelodge=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax")
        #expect(try send(request("GET", "/api/posts", [("Cookie", here)])).outcome == "401 invalid_token")
        #expect(try send(request("GET", "/api/posts", [("Cookie", there)])).outcome == "200")
    }
}
