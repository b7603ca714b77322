import Authentication
import Gatelodge
import TestSupport
import Testing
import Threading

/// The surface `verify`: what nginx's `auth_request` is told.
@Suite struct DoorTests {
    private let site: TestApplication

    init() throws { site = try TestApplication() }

    /// Asks on a path that no route has.
    private func verify(
        _ parameters: [String: String] = [:], method: String = "GET", role: Role = .responder
    ) async throws -> ScenarioReply {
        try await site.ask(
            method, "/any/path", parameters.merging(["AUTH_SURFACE": "verify"]) { $1 }, role: role)
    }

    @Test func `A good token passes, and says who it is`() async throws {
        let token = try await site.token(of: "vicky", roles: ["editor", "a:b_c-1"])
        for method in ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PROPFIND"] {
            let reply = try await verify(["HTTP_AUTHORIZATION": "Bearer " + token], method: method)
            #expect(reply.status == 200)
            #expect(reply.body == "")
            #expect(reply.fields["x-auth-user"] == "vicky")
            #expect(reply.fields["x-auth-user-id"]?.count == 32)
            #expect(reply.fields["x-auth-roles"] == "editor,a:b_c-1")
            #expect(reply.fields["x-auth-session"]?.isEmpty == false)
            let expiry = try #require(reply.fields["x-auth-expires"].flatMap { Int64($0) })
            #expect(abs(expiry - site.application.unixSeconds() - 3600) < 60)
            #expect(reply.fields["set-cookie"] == nil && reply.fields["x-auth-error"] == nil)
        }
    }

    @Test(arguments: [
        ("vicky.a_b@c+d-E9", "vicky.a_b@c+d-E9"), ("a b", "a%20b"), ("100%", "100%25"), ("zoë", "zo%C3%AB"),
        ("a,b", "a%2Cb"), ("\"a\";", "%22a%22%3B"), ("𝕏", "%F0%9D%95%8F"),
    ])
    func `A username is encoded wherever it could mean something`(_ name: String, _ encoded: String) async throws {
        let token = try await site.token(of: name)
        #expect(try await verify(["HTTP_AUTHORIZATION": token]).fields["x-auth-user"] == encoded)
    }

    @Test(.promise(58, 81)) func `Without a credential, or with a bad one, nobody passes`() async throws {
        let token = try await site.token()
        let missing = try await verify()
        #expect(missing.status == 401 && missing.body == "")
        #expect(missing.fields["www-authenticate"] == #"Bearer realm="gatelodge""#)
        #expect(missing.fields["x-auth-error"] == "missing_token")
        #expect(missing.fields["x-auth-user"] == nil)
        for bad in [token.altered, "Basic dmlja3k6eA==", "....", token + " " + token] {
            let reply = try await verify(["HTTP_AUTHORIZATION": bad])
            #expect(reply.status == 401 && reply.body == "")
            #expect(reply.fields["www-authenticate"] == #"Bearer realm="gatelodge", error="invalid_token""#)
            #expect(reply.fields["x-auth-error"] == "invalid_token")
            #expect(reply.fields["x-auth-user"] == nil)
        }
        let two = try await verify(["HTTP_AUTHORIZATION": token, "REDIRECT_HTTP_AUTHORIZATION": token.altered])
        #expect(two.status == 401)
        #expect(two.fields["x-auth-error"] == "differing_credentials")
        #expect(try await verify(["HTTP_AUTHORIZATION": token, "REDIRECT_HTTP_AUTHORIZATION": token]).status == 200)
    }

    @Test(.promise(58)) func `A role that is asked for is needed`() async throws {
        let token = try await site.token(of: "vicky", roles: ["editor"])
        #expect(try await verify(["HTTP_AUTHORIZATION": token, "AUTH_ROLE": "editor"]).status == 200)
        let refused = try await verify(["HTTP_AUTHORIZATION": token, "AUTH_ROLE": "admin"])
        #expect(refused.status == 403 && refused.body == "")
        #expect(refused.fields["x-auth-error"] == "insufficient_role")
        #expect(refused.fields["www-authenticate"] == #"Bearer realm="gatelodge", error="insufficient_scope""#)
        #expect(try await verify(["AUTH_ROLE": "editor"]).status == 401)
        #expect(try await verify(["HTTP_AUTHORIZATION": token, "HTTP_AUTH_ROLE": "admin"]).status == 200)
    }

    @Test func `A password must have been shown within the age that is asked for`() async throws {
        let token = try await site.token()
        let shown = try site.application.authenticator.authenticate(token.utf8.span).authenticatedUnixSeconds
        let now = Locked<Int64>(shown)
        site.application.unixSeconds = { now.withLock { $0 } }
        let parameters = ["HTTP_AUTHORIZATION": token, "AUTH_MAX_AGE": "300"]
        #expect(try await verify(parameters).status == 200)
        now.withLock { $0 = shown + 300 }
        #expect(try await verify(parameters).status == 200)
        now.withLock { $0 = shown + 301 }
        let refused = try await verify(parameters)
        #expect(refused.status == 401)
        #expect(refused.fields["x-auth-error"] == "reauthentication_required")
        #expect(
            refused.fields["www-authenticate"]
                == #"Bearer realm="gatelodge", error="insufficient_user_authentication", max_age="300""#)
        #expect(try await verify(["HTTP_AUTHORIZATION": token]).status == 200)
    }

    @Test(
        .promise(81),
        arguments: [
            ("AUTH_ROLE", ""), ("AUTH_ROLE", "Editor"), ("AUTH_ROLE", "editor "), ("AUTH_ROLE", "editor,admin"),
            ("AUTH_ROLE", String(repeating: "a", count: 33)), ("AUTH_MAX_AGE", ""), ("AUTH_MAX_AGE", "0"),
            ("AUTH_MAX_AGE", "-1"), ("AUTH_MAX_AGE", "+1"), ("AUTH_MAX_AGE", "5m"), ("AUTH_MAX_AGE", "1.5"),
            ("AUTH_MAX_AGE", "99999999999999999999"), ("AUTH_ROLES_", "x"), ("AUTH_ROEL", "admin"), ("AUTH_", ""),
        ])
    func `A mistake of the operator's lets nobody in`(_ name: String, _ value: String) async throws {
        let token = try await site.token(of: "vicky", roles: ["editor"])
        for role in [Role.responder, .authorizer] {
            let refused = try await verify(["HTTP_AUTHORIZATION": token, name: value], role: role)
            #expect(refused.status == 503)
            #expect(refused.fields["retry-after"] == "1")
            #expect(refused.fields["x-auth-user"] == nil)
            #expect(try await verify(["HTTP_AUTHORIZATION": token, "AUTH_TYPE": "Bearer"], role: role).status == 200)
        }
    }

    @Test func `A requirement that is given twice and differs lets nobody in`() async throws {
        let token = try await site.token(of: "vicky", roles: ["editor", "admin"])
        func status(_ roles: [String]) async throws -> Int {
            var parameters = [
                (name: "REQUEST_METHOD", value: "GET"), (name: "AUTH_SURFACE", value: "verify"),
                (name: "HTTP_AUTHORIZATION", value: token),
            ]
            parameters += roles.map { (name: "AUTH_ROLE", value: $0) }
            return try await site.ask(parameters).status
        }
        #expect(try await status(["editor"]) == 200)
        #expect(try await status(["editor", "editor"]) == 200)
        #expect(try await status(["editor", "admin"]) == 503)
    }

    @Test(arguments: [
        ("/a/b?c=d&e=%2F#x", "/a/b%3Fc%3Dd%26e%3D%252F%23x"), ("/", "/"), ("/a/", "/a/"), ("/a?b=//c", "/a%3Fb%3D//c"),
        ("//evil.example/", "/"), ("/\\evil.example", "/"), ("https://evil.example/", "/"), ("a", "/"), ("", "/"),
        ("/a/../..//evil.example", "/"), ("/./a", "/"), ("/a//b", "/"), ("/a\r\nSet-Cookie: b=c", "/"), ("/ü", "/"),
        ("/a b", "/"), ("/" + String(repeating: "a", count: 2048), "/"),
    ])
    func `The way back from signing in stays on this site`(_ target: String, _ value: String) async throws {
        #expect(try await verify(["REQUEST_URI": target]).fields["x-auth-return"] == value)
    }

    @Test func `An authorizer is told the same, with variables for the application`() async throws {
        let token = try await site.token(of: "zoë", roles: ["editor"])
        func authorize(_ parameters: [String: String]) async throws -> ScenarioReply {
            try await site.ask("POST", "/.well-known/jwks.json", parameters, role: .authorizer)
        }
        let allowed = try await authorize(["HTTP_AUTHORIZATION": token, "CONTENT_LENGTH": "100"])
        #expect(allowed.status == 200 && allowed.body == "")
        #expect(allowed.fields["variable-auth_user"] == "zo%C3%AB")
        #expect(allowed.fields["variable-remote_user"] == "zo%C3%AB")
        #expect(allowed.fields["variable-auth_user_id"]?.count == 32)
        #expect(allowed.fields["variable-auth_roles"] == "editor")
        #expect(allowed.fields["variable-auth_session"] != nil && allowed.fields["variable-auth_expires"] != nil)
        let missing = try await authorize([:])
        #expect(missing.status == 401)
        #expect(missing.body.contains(#""code":"missing_token""#))
        #expect(missing.fields["www-authenticate"]?.hasPrefix("Bearer") == true)
        #expect(missing.fields.keys.allSatisfy { !$0.hasPrefix("variable-") })
        #expect(try await authorize(["HTTP_AUTHORIZATION": token, "AUTH_ROLE": "admin"]).status == 403)
        #expect(try await authorize(["HTTP_AUTHORIZATION": token, "AUTH_ROLE": "editor"]).status == 200)
    }
}
