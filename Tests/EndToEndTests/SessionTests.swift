import Foundation
import GRDB
import TestSupport
import Testing

/// The life of sessions: listed, ended, and what ends with them.
@Suite struct SessionTests {
    private func items(_ reply: ScenarioReply) throws -> [[String: Any]] {
        #expect(reply.status == 200, "\(reply.body)")
        let page = try JSONSerialization.jsonObject(with: Data(reply.body.utf8)) as? [String: Any]
        return try #require(page?["items"] as? [[String: Any]])
    }

    @Test func `Sessions are listed in pages, and the one that asks is marked`() throws {
        let site = try Site(withNginx: false)
        let server = site.server
        try server.register("vicky")
        try server.register("marlene")
        let logins = try (0..<3).map { _ in try server.logIn("vicky") }
        let ids = try logins.map { try UnverifiedToken($0.access).sessionID }
        let other = try server.logIn("marlene")
        let all = try items(server.ask(.with(logins[1].access, "GET", "/api/sessions")))
        #expect(all.compactMap { $0["id"] as? String } == ids.reversed())
        #expect(all.compactMap { $0["current"] as? Bool } == [false, true, false])
        #expect(all.allSatisfy { $0["address"] as? String == "127.0.0.1" && $0["kind"] as? String == "tokens" })
        // Page by page the same.
        var (paged, after) = ([String](), "")
        while paged.count <= ids.count {
            let reply = try server.ask(.with(logins[0].access, "GET", "/api/sessions?limit=2" + after))
            paged += try items(reply).compactMap { $0["id"] as? String }
            guard let next = reply.string("next") else { break }
            after = "&after=\(next)"
        }
        #expect(paged == ids.reversed())
        #expect(try items(server.ask(.with(other.access, "GET", "/api/sessions"))).count == 1)
    }

    @Test(.promise(66)) func `One's own sessions can be ended, and nobody else's`() throws {
        let site = try Site(withNginx: false)
        let server = site.server
        try server.register("vicky")
        try server.register("marlene")
        let (here, there) = (try server.logIn("vicky"), try server.logIn("vicky"))
        let other = try server.logIn("marlene")
        func end(_ id: String) throws -> String {
            try server.ask(.with(here.access, "DELETE", "/api/sessions/\(id)")).outcome
        }
        #expect(try end(UnverifiedToken(other.access).sessionID) == "404 session_not_found")
        #expect(try server.accepts(other.access))
        #expect(try server.refresh(other.refresh).status == 200)
        #expect(try end("AAAAAAAAAAAAAAAAAAAAAA") == "404 session_not_found")
        let id = try UnverifiedToken(there.access).sessionID
        #expect(try end(id) == "204")
        #expect(try !server.accepts(there.access))
        #expect(try server.refresh(there.refresh).outcome == "401 session_revoked")
        #expect(try end(id) == "404 session_not_found")
        #expect(try server.accepts(here.access))
    }

    @Test(arguments: [
        (nil, [false, true, true]), ("this", [false, true, true]), ("others", [true, false, false]),
        ("all", [false, false, false]),
    ])
    func `Logging out ends as many sessions as is said`(scope: String?, goesOn: [Bool]) throws {
        let site = try Site(withNginx: false)
        let server = site.server
        try server.register("vicky")
        try server.register("marlene")
        let other = try server.logIn("marlene")
        let body = scope.map { #"{"scope":"\#($0)"}"# }
        for byRefreshToken in [false, true] {
            let logins = try (0..<2).map { _ in try server.logIn("vicky") }
            let cookie = try server.logInForCookie("vicky")
            let request: ScenarioRequest =
                byRefreshToken
                ? .post(
                    "/api/logout",
                    #"{"refresh_token":"\#(logins[0].refresh)"\#(scope.map { #","scope":"\#($0)""# } ?? "")}"#)
                : .with(logins[0].access, "POST", "/api/logout", body)
            #expect(try server.ask(request).status == 204)
            #expect(try logins.map { try server.accepts($0.access) } + [server.accepts(cookie: cookie)] == goesOn)
            let expected = goesOn.prefix(2).map { $0 ? "200" : "401 session_revoked" }
            #expect(try logins.map { try server.refresh($0.refresh).outcome } == expected)
        }
        #expect(try server.accepts(other.access))
    }

    @Test(.promise(14)) func `A new password ends the other sessions and not the one that asked`() throws {
        let site = try Site(withNginx: false)
        let server = site.server
        try server.register("vicky")
        let (here, there) = (try server.logIn("vicky"), try server.logIn("vicky"))
        let cookie = try server.logInForCookie("vicky")
        func change(from current: String) throws -> String {
            let body = #"{"current_password":"\#(current)","new_password":"another long one"}"#
            return try server.ask(.with(here.access, "POST", "/api/password", body)).outcome
        }
        #expect(try change(from: "not the one") == "403 wrong_password")
        #expect(try server.accepts(there.access) && server.accepts(cookie: cookie))
        #expect(try change(from: Server.password) == "204")
        #expect(try server.accepts(here.access))
        #expect(try server.refresh(here.refresh).status == 200)
        #expect(try !server.accepts(there.access) && !server.accepts(cookie: cookie))
        #expect(try server.refresh(there.refresh).outcome == "401 session_revoked")
        #expect(throws: Site.Failure.self) { try server.logIn("vicky") }
        _ = try server.logIn("vicky", password: "another long one")
    }

    @Test func `Whoever deletes their account is gone, and the name stays taken`() throws {
        let site = try Site(withNginx: false)
        let server = site.server
        try server.register("vicky")
        let (here, there) = (try server.logIn("vicky"), try server.logIn("vicky"))
        let body = #"{"password":"\#(Server.password)"}"#
        #expect(try server.ask(.with(here.access, "POST", "/api/me/delete", body)).status == 204)
        for tokens in [here, there] {
            #expect(try !server.accepts(tokens.access))
            #expect(try server.refresh(tokens.refresh).outcome == "401 session_revoked")
        }
        let again = #"{"username":"Vicky","password":"\#(Server.password)"}"#
        #expect(try server.ask(.post("/api/login", again)).outcome == "401 invalid_credentials")
        #expect(try server.ask(.post("/api/register", again)).outcome == "409 username_taken")
    }

    @Test(.promise(59)) func `A token shown again after the grace period ends its session and no other`() throws {
        let cluster = try Cluster(2, ["GATELODGE_SESSION_REFRESH_GRACE": "2s"])
        let (first, second) = (cluster.servers[0], cluster.servers[1])
        try first.register("vicky")
        let bystander = try first.logIn("vicky")
        var chain = [try first.logIn("vicky")]
        let start = ContinuousClock.now
        for _ in 0..<5 { chain.append(try Tokens(first.refresh(chain.last!.refresh))) }
        // Within it the successor is the same one. A machine that is too slow to tell has nothing to say.
        let repeated = try second.refresh(chain[3].refresh)
        if start.duration(to: .now) < .seconds(2) {
            #expect(repeated.string("refresh_token") == chain[4].refresh)
            #expect(try second.accepts(chain[5].access))
        }
        var outcome = ""
        let seconds = try secondsUntil {
            outcome = try second.refresh(chain[3].refresh).outcome
            return outcome != "200"
        }
        #expect(seconds != nil)
        #expect(outcome == "401 refresh_reused")
        for server in cluster.servers { #expect(try server.refresh(chain[5].refresh).outcome == "401 session_revoked") }
        for tokens in chain { #expect(try !second.accepts(tokens.access)) }
        let noticed = try secondsUntil { try chain.allSatisfy { try !first.accepts($0.access) } }
        #expect(try #require(noticed) <= noticeLimit)
        #expect(try first.accepts(bystander.access) && second.accepts(bystander.access))
        #expect(try second.refresh(bystander.refresh).status == 200)
        let reasons = try cluster.read { db in
            try String.fetchAll(db, sql: "SELECT end_reason FROM sessions WHERE ended IS NOT NULL")
        }
        #expect(reasons.count == 1)
        let rows = try cluster.read { db in
            try Int.fetchOne(
                db, sql: "SELECT COUNT(*) FROM audit WHERE event = 'refresh' AND result = 'refresh_reused'")
        }
        #expect(rows == 1)
    }

    @Test(.promise(65)) func `What was ended stays ended after kill -9`() throws {
        let site = try Site(withNginx: false)
        try site.server.register("vicky")
        try site.server.register("marlene")
        let logins = try (0..<2).map { _ in try site.server.logIn("vicky") }
        let disabled = try site.server.logIn("marlene")
        let cookies = try (0..<2).map { _ in try site.server.logInForCookie("vicky") }
        #expect(try site.server.ask(.with(logins[0].access, "POST", "/api/logout")).status == 204)
        let fields = [("Cookie", "__Host-gatelodge=\(cookies[0])"), ("Sec-Fetch-Site", "same-origin")]
        #expect(try site.server.ask(ScenarioRequest("POST", "/api/logout", fields: fields)).status == 204)
        #expect(try site.run("user", "disable", "marlene").status == 0)
        site.gatelodge.signal(SIGKILL)
        _ = site.gatelodge.status()
        try site.restart()
        #expect(try logins.map { try site.server.accepts($0.access) } == [false, true])
        #expect(try cookies.map { try site.server.accepts(cookie: $0) } == [false, true])
        #expect(try !site.server.accepts(disabled.access))
        #expect(try logins.map { try site.server.refresh($0.refresh).outcome } == ["401 session_revoked", "200"])
    }
}
