import FastCGI
import Gatelodge
import TestSupport
import Testing

/// What a login begins and hands out.
@Suite struct LoginReplyTests {
    private let site: TestApplication
    private let vicky = #"{"username":"vicky","password":"vicky@12345"}"#
    private let vickyWithCookie = #"{"username":"vicky","password":"vicky@12345","cookie":true}"#

    init() async throws {
        site = try TestApplication()
        _ = try await site.token()
    }

    private func post(_ path: String, _ body: String, cookie: String? = nil) async throws -> ScenarioReply {
        var fields = ["CONTENT_TYPE": "application/json", "HTTP_SEC_FETCH_SITE": "same-origin"]
        if let cookie { fields["HTTP_COOKIE"] = "__Host-gatelodge=\(cookie)" }
        return try await site.ask("POST", path, fields, body: body)
    }

    private func status(cookie: String) async throws -> Int {
        try await site.ask("GET", "/api/me", ["HTTP_COOKIE": "__Host-gatelodge=\(cookie)"]).status
    }

    @Test(.promise(31)) func `A cookie that a client brings along is not made its session`() async throws {
        let planted = "glc_" + String(repeating: "A", count: 43)
        let reply = try await post("/api/login", vickyWithCookie, cookie: planted)
        #expect(reply.status == 200)
        let field = try #require(reply.fields["set-cookie"])
        let begun = try #require(field.firstMatch(of: /^__Host-gatelodge=([^;]+);/)?.1)
        #expect(begun != planted)
        #expect(try await status(cookie: planted) == 401)
        #expect(try await status(cookie: String(begun)) == 200)
        // Nor does a session that is there go on under the next login.
        let again = try await post("/api/login", vickyWithCookie, cookie: String(begun))
        #expect(again.status == 200 && again.fields["set-cookie"]?.contains(begun) == false)
    }

    @Test(.promise(31)) func `Two logins have nothing in common`() async throws {
        let first = try await post("/api/login", vicky)
        let second = try await post("/api/login", vicky)
        for name in ["token", "refresh_token"] {
            let (mine, other) = (try #require(first.string(name)), try #require(second.string(name)))
            #expect(mine != other)
        }
    }

    @Test(.promise(30)) func `No reply with a token or a cookie may be stored`() async throws {
        let tokens = try await post("/api/login", vicky)
        let refreshToken = try #require(tokens.string("refresh_token"))
        let refreshed = try await post("/api/refresh", #"{"refresh_token":"\#(refreshToken)"}"#)
        let withCookie = try await post("/api/login", vickyWithCookie)
        for reply in [tokens, refreshed, withCookie] {
            #expect(reply.status == 200)
            #expect(reply.fields["cache-control"] == "no-store")
        }
    }

    @Test(
        .promise(29), arguments: ["/api/login", "/api/refresh", "/api/logout"],
        [
            "text/plain", "text/plain; charset=application/json", "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x", "application/jsonp", "",
        ])
    func `What a form of another site could send is no request`(path: String, type: String) async throws {
        let parameters = type.isEmpty ? [:] : ["CONTENT_TYPE": type]
        #expect(try await site.ask("POST", path, parameters, body: vicky).status == 415)
        #expect(try await site.ask("GET", path).status == 405)
        let login = try await site.ask("POST", "/api/login", ["CONTENT_TYPE": "application/json"], body: vicky)
        #expect(login.status == 200)
    }
}
