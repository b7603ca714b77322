import Foundation
import TestSupport
import Testing

/// How the nginx that we ship serves the pages. What they do is tried in a browser, see ``BrowserTests``.
@Suite struct PagesTests {
    @Test func `Each page is there for whom it is, and for nobody else`() throws {
        let site = try Site()
        let user = try #require(try site.registerVicky()["token"])
        #expect(try site.run("user", "add", "keeper", "--role", "admin", input: "lodge keeper key").status == 0)
        let login = #"{"username":"keeper","password":"lodge keeper key"}"#
        let admin = try #require(try site.send(.post("/login", login)).string("token"))
        func ask(_ path: String, _ token: String?) throws -> String {
            let fields = token.map { [("Authorization", $0)] } ?? []
            let reply = try site.send(ScenarioRequest("GET", path, fields: fields))
            return "\(reply.status) \(reply.fields["location"] ?? "")"
        }
        #expect(try ask("/", nil) == "303 /welcome")
        for path in ["/sign-in", "/sign-up", "/gatelodge/style.css"] { #expect(try ask(path, nil) == "200 ") }
        for path in ["/welcome", "/account"] {
            #expect(try ask(path, nil) == "303 /sign-in?return=\(path)")
            #expect(try ask(path, user) == "200 ")
        }
        for path in ["/admin/users", "/admin/user", "/admin/status"] {
            #expect(try ask(path, nil) == "303 /sign-in?return=\(path)")
            #expect(try ask(path, user) == "403 ")
            #expect(try ask(path, admin) == "200 ")
        }
        #expect(try ask("/nothing", admin) == "404 ")
        // What is no page says so without one.
        #expect(try site.send(.get("/api/nothing")).fields["content-type"]?.hasPrefix("application/json") == true)
    }

    @Test(arguments: [
        ("/sign-in", "text/html; charset=utf-8"), ("/nothing", "text/html; charset=utf-8"),
        ("/gatelodge/api.js", "text/javascript; charset=utf-8"), ("/gatelodge/favicon.svg", "image/svg+xml"),
    ])
    func `Everything comes with its type and a policy that lets nothing else in`(path: String, type: String) throws {
        let fields = try Site().send(.get(path)).fields
        #expect(fields["content-type"] == type)
        #expect(fields["x-content-type-options"] == "nosniff")
        let policy = try #require(fields["content-security-policy"])
        #expect(policy.hasPrefix("default-src 'none';") && !policy.contains("unsafe") && !policy.contains("http"))
    }

    @Test func `When Gatelodge is away its pages say so`() throws {
        let site = try Site()
        _ = try site.registerVicky()
        site.gatelodge.end()
        let reply = try site.send(.get("/account"))
        #expect(reply.status == 503 && reply.body.contains("cannot answer now"))
        #expect(try site.send(.get("/sign-in")).status == 200)
    }
}
