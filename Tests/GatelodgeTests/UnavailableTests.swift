import Authentication
import FastCGI
import Gatelodge
import TestSupport
import Testing

/// What visitors are told when the database cannot be asked.
@Suite struct UnavailableTests {
    @Test(.promise(87), arguments: [true, false])
    func `A fault of ours is a 503, never a 401 or 404`(isThrottling: Bool) async throws {
        let site = try TestApplication { settings, _ in settings.throttle.enabled = isThrottling }
        let token = try await site.token()
        let cookie = try await site.cookie()
        let loggedIn = try await site.application.authenticator.logIn(
            username: "vicky", password: "vicky@12345", from: .local)
        let refreshToken = try #require(loggedIn.refreshToken)
        func status(of path: String, _ fields: [String: String], _ body: String = "") async throws -> Int {
            let reply = try await site.ask(
                body.isEmpty ? "GET" : "POST", path, fields.merging(["CONTENT_TYPE": "application/json"]) { $1 },
                body: body)
            if reply.status == 503 { #expect(reply.fields["retry-after"] == "1") }
            return reply.status
        }
        let vicky = #"{"username":"vicky","password":"vicky@12345"}"#
        #expect(try await status(of: "/api/login", [:], vicky) == 200)
        site.application.authenticator.close()
        #expect(try await status(of: "/api/login", [:], vicky) == 503)
        #expect(try await status(of: "/api/login", [:], vicky.replacing("vicky", with: "nobody")) == 503)
        #expect(try await status(of: "/api/register", [:], vicky.replacing("vicky", with: "another")) == 503)
        #expect(try await status(of: "/api/refresh", [:], #"{"refresh_token":"\#(refreshToken)"}"#) == 503)
        #expect(try await status(of: "/api/me", ["HTTP_COOKIE": "__Host-gatelodge=\(cookie)"]) == 503)
        #expect(try await status(of: "/api/me", ["HTTP_AUTHORIZATION": token]) == 503)
        // What needs no database is judged all the same.
        #expect(try await status(of: "/api/me", ["HTTP_AUTHORIZATION": token.altered]) == 401)
    }
}
