import FastCGI
import Foundation
import TestSupport
import Testing

/// The endpoints of administrators, which need the surface of nginx's and the role.
@Suite struct AdministrationTests {
    private let test: TestApplication
    private let admin: String
    private let vicky: String
    private let vickyID: String

    init() async throws {
        test = try TestApplication()
        admin = try await test.token(of: "root-of-all", roles: ["admin"])
        vicky = try await test.token(of: "vicky")
        let me = try await test.ask("GET", "/api/me", ["HTTP_AUTHORIZATION": vicky])
        vickyID = try #require(me.string("id"))
    }

    /// Asks as the administrator, where nothing else is said, on the surface.
    private func ask(
        _ method: String, _ path: String, body: String = "", token: String? = nil, surface: String? = "admin"
    ) async throws -> ScenarioReply {
        var parameters = ["HTTP_AUTHORIZATION": token ?? admin]
        if let surface { parameters["AUTH_SURFACE"] = surface }
        if !body.isEmpty { parameters["CONTENT_TYPE"] = "application/json" }
        return try await test.ask(method, "/api/admin/" + path, parameters, body: body)
    }

    @Test(arguments: [
        ("GET", "users"), ("POST", "users"), ("GET", "users/{id}"), ("DELETE", "users/{id}"),
        ("POST", "users/{id}/disable"), ("POST", "users/{id}/enable"),
        ("POST", "users/{id}/unlock"), ("PUT", "users/{id}/roles"),
        ("PUT", "users/{id}/password"), ("GET", "users/{id}/sessions"), ("DELETE", "users/{id}/sessions"),
        ("POST", "invites"), ("GET", "audit"), ("GET", "status"),
    ])
    func `Each endpoint needs the surface and the role`(method: String, path: String) async throws {
        let path = path.replacing("{id}", with: "00000000000000000000000000000000")
        let without = try await ask(method, path, surface: nil)
        #expect(without.status == 404)
        let other = try await ask(method, path, surface: "status")
        #expect(other.status == 404)
        // What a client sends is not nginx's word.
        let forged = ["HTTP_AUTHORIZATION": admin, "HTTP_AUTH_SURFACE": "admin", "HTTP_X_AUTH_SURFACE": "admin"]
        #expect(try await test.ask(method, "/api/admin/" + path, forged).status == 404)
        let user = try await ask(method, path, token: vicky)
        #expect(user.status == 403 && user.body.contains("insufficient_role"))
        let nobody = try await ask(method, path, token: "x.y.z")
        #expect(nobody.status == 401)
        // The positive control: let in, and told about the account that is not there, or about the body.
        let allowed = try await ask(method, path)
        #expect(
            [200, 404, 415].contains(allowed.status) && !allowed.body.contains(#""code":"not_found""#),
            "\(allowed.body)")
    }

    @Test func `An account is made, shown, found and deleted`() async throws {
        let made = try await ask(
            "POST", "users", body: #"{"username":"Wanda","password":"wanda likes fish","roles":["editor"]}"#)
        #expect(made.status == 201)
        let id = try #require(made.string("id"))
        #expect(made.body.contains(#""roles":["editor"]"#) && made.body.contains(#""state":"active""#))
        #expect(try await ask("GET", "users/\(id)").body == made.body)
        let found = try await test.ask(
            "GET", "/api/admin/users",
            ["AUTH_SURFACE": "admin", "HTTP_AUTHORIZATION": admin, "QUERY_STRING": "search=WAN"])
        #expect(found.body.contains(id) && !found.body.contains(vickyID))
        #expect(try await ask("DELETE", "users/\(id)").status == 204)
        let gone = try await ask("GET", "users/\(id)")
        #expect(gone.status == 404 && gone.body.contains("user_not_found"))
        let again = try await ask("POST", "users", body: #"{"username":"wanda","password":"wanda likes fish"}"#)
        #expect(again.status == 409)
    }

    @Test func `An account that guessing holds up is let in again when unlocked`() async throws {
        func logIn(_ password: String) async throws -> ScenarioReply {
            try await test.ask(
                "POST", "/api/login", ["CONTENT_TYPE": "application/json"],
                body: #"{"username":"vicky","password":"\#(password)"}"#)
        }
        for _ in 0..<10 { #expect(try await logIn("a wrong password").status == 401) }
        let refused = try await logIn("vicky@12345")
        #expect(refused.status == 429)
        #expect(refused.string("code") == "throttled")
        #expect(refused.fields["retry-after"].flatMap { Int($0) } ?? 0 > 0)
        #expect(try await ask("POST", "users/\(vickyID)/unlock").status == 204)
        #expect(try await logIn("vicky@12345").status == 200)
    }

    @Test(.promise(55)) func `A disabled account is out at once and in again when enabled`() async throws {
        #expect(try await test.ask("GET", "/api/me", ["HTTP_AUTHORIZATION": vicky]).status == 200)
        #expect(try await ask("POST", "users/\(vickyID)/disable").status == 204)
        #expect(try await test.ask("GET", "/api/me", ["HTTP_AUTHORIZATION": vicky]).status == 401)
        let login = #"{"username":"vicky","password":"vicky@12345"}"#
        #expect(try await test.ask("POST", "/login", ["CONTENT_TYPE": "application/json"], body: login).status == 401)
        #expect(try await ask("POST", "users/\(vickyID)/enable").status == 204)
        #expect(try await test.ask("POST", "/login", ["CONTENT_TYPE": "application/json"], body: login).status == 200)
        // What was revoked stays so.
        #expect(try await test.ask("GET", "/api/me", ["HTTP_AUTHORIZATION": vicky]).status == 401)
    }

    @Test func `Roles are exchanged as a whole and judged`() async throws {
        #expect(try await ask("PUT", "users/\(vickyID)/roles", body: #"{"roles":["a","b:c"]}"#).status == 204)
        #expect(try await ask("GET", "users/\(vickyID)").body.contains(#""roles":["a","b:c"]"#))
        for bad in [#"["A"]"#, #"["a","a"]"#, #"[""]"#, #"["a b"]"#] {
            let refused = try await ask("PUT", "users/\(vickyID)/roles", body: #"{"roles":\#(bad)}"#)
            #expect(refused.status == 422 && refused.body.contains("invalid_roles"), "\(bad)")
        }
        for bad in [#""a""#, "[1]", "null"] {
            #expect(try await ask("PUT", "users/\(vickyID)/roles", body: #"{"roles":\#(bad)}"#).status == 400, "\(bad)")
        }
        #expect(try await ask("GET", "users/\(vickyID)").body.contains(#""roles":["a","b:c"]"#))
    }

    @Test func `A password that is set ends the sessions`() async throws {
        let body = #"{"new_password":"quite another one"}"#
        #expect(try await ask("PUT", "users/\(vickyID)/password", body: body).status == 204)
        #expect(try await test.ask("GET", "/api/me", ["HTTP_AUTHORIZATION": vicky]).status == 401)
        let weak = try await ask("PUT", "users/\(vickyID)/password", body: #"{"new_password":"short"}"#)
        #expect(weak.status == 422 && weak.body.contains("weak_password"))
    }

    @Test(.promise(66)) func `Sessions of an account are listed and ended`() async throws {
        let listed = try await ask("GET", "users/\(vickyID)/sessions")
        #expect(listed.status == 200 && listed.body.contains(#""current":false"#))
        #expect(try await ask("DELETE", "users/\(vickyID)/sessions").status == 204)
        #expect(try await ask("GET", "users/\(vickyID)/sessions").body == #"{"items":[]}"#)
        #expect(try await test.ask("GET", "/api/me", ["HTTP_AUTHORIZATION": vicky]).status == 401)
        #expect(try await test.ask("GET", "/api/me", ["HTTP_AUTHORIZATION": admin]).status == 200)
    }

    @Test func `An invite is a code for one registration, with its roles, and stands in the audit`() async throws {
        let made = try await ask("POST", "invites", body: #"{"roles":["editor"],"expires_in":60}"#)
        #expect(made.status == 201 && made.body.contains(#""expires_in":60"#))
        let code = try #require(made.string("code"))
        func register(_ name: String) async throws -> ScenarioReply {
            try await test.ask(
                "POST", "/api/register", ["CONTENT_TYPE": "application/json"],
                body: #"{"username":"\#(name)","password":"wanda likes fish","invite":"\#(code)"}"#)
        }
        #expect(try await register("wanda").status == 200)
        #expect(try await register("wendy").status == 403)
        let found = try await ask("GET", "users").body
        #expect(found.contains(#""roles":["editor"]"#) && !found.contains("wendy"))
        let audit = try await ask("GET", "audit").body
        #expect(audit.contains(#""event":"invite""#) && audit.contains(#""detail":"editor""#) && !audit.contains(code))
        #expect(try await ask("POST", "invites", body: "{}").body.contains(#""expires_in":604800"#))
    }

    @Test(arguments: [
        (#"{"roles":["Editor"]}"#, 422), (#"{"roles":"editor"}"#, 400), (#"{"expires_in":0}"#, 400),
        (#"{"expires_in":7776001}"#, 400), (#"{"expires_in":"60"}"#, 400), (#"{"expires_in":1.5}"#, 400),
        (#"{"expires_in":7776000}"#, 201),
    ])
    func `What an invite asks for is judged`(body: String, status: Int) async throws {
        #expect(try await ask("POST", "invites", body: body).status == status)
    }

    @Test func `An administrator sees the report of the status surface`() async throws {
        #expect(try await ask("GET", "status").status == 200)
        // The second answer counts the first.
        let shown = try await ask("GET", "status").body
        #expect(shown.contains(#""route":"/api/admin/status""#) && shown.contains(#""hashing":{"#))
        let status = try await test.ask("GET", "/status", ["AUTH_SURFACE": "status"])
        #expect(status.status == 200 && status.body.contains(#""route":"/api/admin/status""#))
    }

    @Test func `The audit tells who did what to whom`() async throws {
        #expect(try await ask("POST", "users/\(vickyID)/disable").status == 204)
        let wrong = #"{"username":"vicky","password":"a password that is wrong"}"#
        let refusal = try await test.ask("POST", "/login", ["CONTENT_TYPE": "application/json"], body: wrong)
        let nobody = #"{"username":"hunter2hunter2","password":"x"}"#
        _ = try await test.ask("POST", "/login", ["CONTENT_TYPE": "application/json"], body: nobody)
        var audit = ""
        // Refusals are written down a moment after their answer.
        for _ in 0..<1_000 where !audit.contains("invalid_credentials") {
            audit = try await ask("GET", "audit").body
            await Task.yield()
        }
        #expect(audit.contains(#""event":"account_disable""#) && audit.contains(#""event":"login""#))
        // nginx names requests; one that it does not name has the same name everywhere all the same.
        #expect(audit.contains(try #require(refusal.string("request_id"))))
        #expect(!audit.contains("hunter2") && !audit.contains("password that is wrong"))
        let about = try await test.ask(
            "GET", "/api/admin/audit",
            ["AUTH_SURFACE": "admin", "HTTP_AUTHORIZATION": admin, "QUERY_STRING": "user=\(vickyID)&limit=1"])
        let next = try #require(about.string("next"))
        #expect(about.body.contains(vickyID))
        let second = try await test.ask(
            "GET", "/api/admin/audit",
            [
                "AUTH_SURFACE": "admin", "HTTP_AUTHORIZATION": admin,
                "QUERY_STRING": "user=\(vickyID)&limit=1&after=\(next)",
            ])
        #expect(second.body.contains(vickyID) && second.body != about.body)
    }

    @Test(arguments: ["limit=0", "limit=201", "limit=+5", "limit=x", "limit=1&limit=2", "limit=%zz"])
    func `A page of a strange size is refused`(query: String) async throws {
        let parameters = ["AUTH_SURFACE": "admin", "HTTP_AUTHORIZATION": admin]
        let refused = try await test.ask(
            "GET", "/api/admin/users", parameters.merging(["QUERY_STRING": query]) { $1 })
        #expect(refused.status == 400)
        let control = try await test.ask(
            "GET", "/api/admin/users", parameters.merging(["QUERY_STRING": "limit=1"]) { $1 })
        #expect(control.status == 200 && control.string("next") == "root-of-all")
    }
}
