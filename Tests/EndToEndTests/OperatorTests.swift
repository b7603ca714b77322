import Foundation
import TestSupport
import Testing

/// What the operator's commands do to those who are logged in at a running instance.
@Suite struct OperatorTests {
    struct Change: CustomTestStringConvertible {
        let arguments: [String]
        var input = ""
        /// What becomes of the refresh token.
        var refresh = "401 session_revoked"
        /// Whether the cookie is still good.
        var keepsCookie = false
        /// What becomes of a login with the password of before.
        let login: String

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let changes = [
        Change(arguments: ["user", "password", "vicky"], input: "another long one", login: "401 invalid_credentials"),
        Change(arguments: ["user", "disable", "vicky"], login: "401 invalid_credentials"),
        Change(arguments: ["user", "role", "vicky", "editor"], refresh: "200", keepsCookie: true, login: "200"),
        Change(arguments: ["user", "delete", "vicky", "--yes"], login: "401 invalid_credentials"),
        Change(arguments: ["user", "sessions", "vicky", "--end"], login: "200"),
        Change(arguments: ["user", "invite", "--reset", "vicky"], login: "200"),
    ]

    @Test(.promise(55), arguments: changes)
    func `A running instance follows a command within a second`(_ change: Change) throws {
        let site = try Site(withNginx: false)
        let server = site.server
        for name in ["vicky", "marlene"] { try server.register(name) }
        let (tokens, cookie) = (try server.logIn("vicky"), try server.logInForCookie("vicky"))
        let other = try server.logIn("marlene")
        #expect(try server.accepts(tokens.access) && server.accepts(cookie: cookie))

        let result = try CommandResult(change.arguments, in: site.folder, input: change.input)
        #expect(result.status == 0, "\(result.errors)")
        let seconds = try secondsUntil { try !server.accepts(tokens.access) }
        print("\(change.testDescription): noticed \(seconds ?? .infinity) s after the command had ended")
        #expect(try #require(seconds) <= noticeLimit)

        #expect(try server.accepts(cookie: cookie) == change.keepsCookie)
        let refreshed = try server.refresh(tokens.refresh)
        #expect(refreshed.outcome == change.refresh)
        if let token = refreshed.string("token") {
            #expect(try server.accepts(token))
            #expect(try UnverifiedToken(token).roles == ["editor"])
        }
        let login = #"{"username":"vicky","password":"\#(Server.password)"}"#
        #expect(try server.ask(.post("/login", login)).outcome == change.login)
        #expect(try server.accepts(other.access))
        #expect(try server.refresh(other.refresh).status == 200)
    }

    @Test func `Who is enabled again logs in anew, and the sessions of before stay ended`() throws {
        let site = try Site(withNginx: false)
        try site.server.register("vicky")
        let old = try site.server.logIn("vicky")
        #expect(try site.run("user", "disable", "vicky").status == 0)
        #expect(try secondsUntil { try !site.server.accepts(old.access) } != nil)
        #expect(throws: Site.Failure.self) { try site.server.logIn("vicky") }
        #expect(try site.run("user", "enable", "vicky").status == 0)
        let new = try site.server.logIn("vicky")
        #expect(try site.server.accepts(new.access))
        #expect(try !site.server.accepts(old.access))
        #expect(try site.server.refresh(old.refresh).outcome == "401 session_revoked")
    }

    @Test func `An invite makes one account, with its roles, however many show it`() throws {
        let settings = ["GATELODGE_REGISTRATION": "invite"]
        let cluster = try Cluster(2, settings)
        func register(_ name: String, _ invite: String?) -> ScenarioRequest {
            let member = invite.map { #","invite":"\#($0)""# } ?? ""
            return .post("/register", #"{"username":"\#(name)","password":"\#(Server.password)"\#(member)}"#)
        }
        let server = cluster.servers[0]
        let code = try cluster.run("user", "invite", "--role", "editor", "--role", "author").output
        #expect(try server.ask(register("nobody", nil)).outcome == "403 invalid_code")
        #expect(try server.ask(register("nobody", code.altered)).outcome == "403 invalid_code")
        // A registration that fails for another reason leaves the code good.
        let weak = ScenarioRequest.post("/register", #"{"username":"nobody","password":"short","invite":"\#(code)"}"#)
        #expect(try server.ask(weak).outcome == "422 weak_password")
        let replies = try Crowd(20, at: cluster.servers).ask((0..<20).map { register("guest\($0)", code) })
        let winner = try #require(replies.firstIndex { $0.status == 200 })
        #expect(replies.count { $0.outcome == "403 invalid_code" } == 19)
        let token = try server.logIn("guest\(winner)").access
        #expect(try UnverifiedToken(token).roles == ["editor", "author"])
        #expect(try server.ask(register("late", code)).outcome == "403 invalid_code")
        #expect(try cluster.run("user", "list").rows.count == 1)
    }

    @Test func `A code for a new password works once, for its account, and voids the one before`() throws {
        let site = try Site(withNginx: false)
        let server = site.server
        for name in ["vicky", "marlene"] { try server.register(name) }
        let first = try site.run("user", "invite", "--reset", "vicky").output
        let code = try site.run("user", "invite", "--reset", "vicky").output
        func reset(_ code: String, _ password: String) throws -> String {
            let body = #"{"code":"\#(code)","new_password":"\#(password)"}"#
            return try server.ask(.post("/api/password/reset", body)).outcome
        }
        #expect(try reset(first, "another long one") == "403 invalid_code")
        // A password that is refused leaves the code good.
        #expect(try reset(code, "short") == "422 weak_password")
        let between = try server.logIn("vicky")
        #expect(try reset(code, "another long one") == "204")
        #expect(try reset(code, "a third long one") == "403 invalid_code")
        #expect(try !server.accepts(between.access))
        #expect(try server.refresh(between.refresh).outcome == "401 session_revoked")
        #expect(throws: Site.Failure.self) { try server.logIn("vicky") }
        _ = try server.logIn("vicky", password: "another long one")
        _ = try server.logIn("marlene")
    }
}
