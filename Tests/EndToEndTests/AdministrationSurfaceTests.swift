import Foundation
import TestSupport
import Testing

/// The endpoints of administrators behind the nginx that we ship.
@Suite struct AdministrationSurfaceTests {
    @Test func `nginx opens them, and the role lets in`() throws {
        let site = try Site()
        let tokens = try site.registerVicky()
        let token = try #require(tokens["token"])
        let users = ScenarioRequest.get("/api/admin/users", authorization: token)
        #expect(try site.send(users).status == 403)
        #expect(try site.run("user", "role", "vicky", "admin").status == 0)
        // The token says something else than the account now; a new login says it right.
        let vicky = #"{"username":"vicky","password":"vicky@12345"}"#
        let admin = try #require(try site.send(.post("/login", vicky)).string("token"))
        let reply = try site.send(.get("/api/admin/users", authorization: admin))
        #expect(reply.status == 200 && reply.body.contains(#""username":"vicky""#))
        // Past nginx nobody has said that they may be reached.
        #expect(try site.sendPastNginx(.get("/api/admin/users", authorization: admin)).status == 404)
        #expect(try site.sendPastNginx(.get("/api/me", authorization: admin)).status == 200)
    }
}
