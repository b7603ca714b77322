import Authentication
import Foundation
import Gatelodge
import TestSupport
import Testing

/// Introspection (RFC 7662) and revocation (RFC 7009), which speak in forms.
@Suite struct ServiceEndpointTests {
    private let test: TestApplication
    private let secret: String
    private let loggedIn: LoggedIn

    init() async throws {
        test = try TestApplication()
        _ = try await test.token(of: "vicky")
        secret = try await test.application.authenticator.addService("shop")
        loggedIn = try await test.application.authenticator.logIn(
            username: "vicky", password: "vicky@12345", from: .local)
    }

    private func post(
        _ path: String, _ form: String, basic: String? = nil, type: String = "application/x-www-form-urlencoded"
    ) async throws -> ScenarioReply {
        var parameters = ["CONTENT_TYPE": type]
        if let basic { parameters["HTTP_AUTHORIZATION"] = "Basic " + Data(basic.utf8).base64EncodedString() }
        return try await test.ask("POST", "/api/" + path, parameters, body: form)
    }

    private func introspect(_ token: String) async throws -> ScenarioReply {
        try await post("introspect", "token=\(token)", basic: "shop:\(secret)")
    }

    @Test func `A good token is active and says whose it is`() async throws {
        let token = try #require(loggedIn.accessToken)
        let reply = try await introspect(token)
        #expect(reply.status == 200 && reply.fields["cache-control"] == "no-store")
        for part in [#""active":true"#, #""username":"vicky""#, #""token_type":"Bearer""#, #""client_id":"gatelodge""#]
        {
            #expect(reply.body.contains(part), "\(part)")
        }
        #expect(
            reply.string("sub") == loggedIn.identity.accountID && reply.string("sid") == loggedIn.identity.sessionID)
    }

    @Test(.promise(68)) func `Whatever is not good is inactive in the same bytes`() async throws {
        let token = try #require(loggedIn.accessToken)
        let refresh = try #require(loggedIn.refreshToken)
        let other = try TestApplication()
        let foreign = try await other.token(of: "vicky")
        for bad in ["garbage", "x.y.z", token.altered, foreign, refresh, secret] {
            #expect(try await introspect(bad).body == #"{"active":false}"#)
        }
        #expect(try await post("revoke", "token=\(token)").status == 200)
        #expect(try await introspect(token).body == #"{"active":false}"#)
    }

    @Test(.promise(68), arguments: ["", "shop:", "shop:wrong", "other:{secret}", "shop:{secret}x", ":{secret}"])
    func `Without the credentials of a service nothing is said`(credentials: String) async throws {
        let basic = credentials.isEmpty ? nil : credentials.replacing("{secret}", with: secret)
        let token = try #require(loggedIn.accessToken)
        let reply = try await post("introspect", "token=\(token)", basic: basic)
        #expect(reply.status == 401 && reply.body.contains(#""error":"invalid_client""#))
        #expect(reply.fields["www-authenticate"]?.hasPrefix("Basic ") == true && !reply.body.contains("active"))
    }

    @Test func `A service that was removed is refused`() async throws {
        let token = try #require(loggedIn.accessToken)
        #expect(try await introspect(token).status == 200)
        try await test.application.authenticator.removeService("shop")
        #expect(try await introspect(token).status == 401)
    }

    @Test(.promise(67), arguments: ["introspect", "revoke"])
    func `A form that is none is refused in the form of RFC 6749`(path: String) async throws {
        let basic = "shop:\(secret)"
        let json = try await post(path, #"{"token":"x"}"#, basic: basic, type: "application/json")
        #expect(json.status == 415 && json.body.contains(#""error":"invalid_request""#))
        for form in ["", "token=", "token=a&token=b", "token=%zz", "other=x"] {
            let reply = try await post(path, form, basic: basic)
            #expect(reply.status == 400 && reply.body.contains(#""error":"invalid_request""#), "\(form)")
            #expect(reply.body.contains("error_description") && !reply.body.contains(#""code""#), "\(form)")
        }
        let good = try await post(
            path, "token=x", basic: basic, type: "application/x-www-form-urlencoded; charset=utf-8")
        #expect(good.status == 200)
    }

    @Test(.promise(67)) func `Revoking ends the session whichever of its tokens is shown, and no other`() async throws {
        let authenticator = test.application.authenticator
        let others = try await authenticator.logIn(username: "vicky", password: "vicky@12345", from: .local)
        #expect(try await post("revoke", "token=\(try #require(loggedIn.refreshToken))").status == 200)
        let ended = try await test.ask("GET", "/api/me", ["HTTP_AUTHORIZATION": try #require(loggedIn.accessToken)])
        #expect(ended.status == 401)
        for unknown in ["garbage", try #require(loggedIn.accessToken), secret] {
            #expect(try await post("revoke", "token=\(unknown)").status == 200)
        }
        let alive = try await test.ask("GET", "/api/me", ["HTTP_AUTHORIZATION": try #require(others.accessToken)])
        #expect(alive.status == 200)
    }
}
