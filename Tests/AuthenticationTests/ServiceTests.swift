import Authentication
import Storage
import TestSupport
import Testing

@Suite("Services")
struct ServiceTests {
    let harness: Harness
    var authenticator: Authenticator { harness.authenticator }

    init() throws {
        harness = try Harness()
    }

    @Test("A service is known by its secret, until it is removed")
    func life() async throws {
        let secret = try await authenticator.addService("shop")
        let other = try await authenticator.addService("blog")
        #expect(try authenticator.findServices().map(\.name) == ["blog", "shop"])
        #expect(try authenticator.isService(name: "shop", secret: secret, from: .test))
        for (name, text) in [
            ("shop", other), ("blog", secret), ("nobody", secret), ("", secret), ("shop", ""), ("shop", secret + "A"),
            ("SHOP", secret), ("shop", String(secret.dropLast())),
        ] {
            #expect(try !authenticator.isService(name: name, secret: text, from: .test))
        }
        await #expect(throws: AuthError.serviceExists) { try await authenticator.addService("shop") }
        #expect(try authenticator.isService(name: "shop", secret: secret, from: .test))
        try await authenticator.removeService("shop")
        #expect(try !authenticator.isService(name: "shop", secret: secret, from: .test))
        #expect(try authenticator.isService(name: "blog", secret: other, from: .test))
        await #expect(throws: AuthError.serviceMissing) { try await authenticator.removeService("shop") }
    }

    @Test(
        "Names that are none are refused",
        arguments: ["", "Shop", "a b", "ä", "a:\n", String(repeating: "x", count: 33)])
    func names(name: String) async throws {
        await #expect(throws: AuthError.invalidServiceName) { try await authenticator.addService(name) }
    }

    @Test("A good access token is described, everything else is nothing", .promise(68))
    func introspection() async throws {
        let login = try await harness.logIn()
        let answer = try #require(authenticator.introspect(login.token))
        #expect(answer.identity == login.identity)
        #expect(answer.issuer == authenticator.issuerName)
        #expect(answer.audience == [authenticator.issuerName])
        #expect(answer.clientID == "gatelodge")
        #expect(answer.issuedAtUnixSeconds == 1_800_000_000)
        for text in ["", "x", login.token + "x", login.refreshToken ?? "", String(repeating: "a.", count: 100_000)] {
            #expect(authenticator.introspect(text) == nil)
        }
        let stranger = try await Harness().logIn()
        #expect(authenticator.introspect(stranger.token) == nil)
        let revoked = try await harness.logIn()
        try await authenticator.logOut(revoked.identity, scope: .this, from: .test)
        #expect(authenticator.introspect(revoked.token) == nil)
        harness.clock.advance(by: .seconds(3_600))
        #expect(authenticator.introspect(login.token) == nil)
    }

    @Test(
        "Revoking either token of a session ends it; what is none of ours is no error", .promise(67),
        arguments: [true, false])
    func revocation(byRefreshToken: Bool) async throws {
        let (login, other) = (try await harness.logIn(), try await harness.logIn())
        let stranger = try await Harness().logIn()
        for text in ["", "x", stranger.token, stranger.refreshToken ?? "", login.token + "x"] {
            try await authenticator.revoke(text, from: .test)
        }
        #expect(harness.refusal(of: login) == nil)
        for _ in 0..<2 {
            try await authenticator.revoke((byRefreshToken ? login.refreshToken : login.token) ?? "", from: .test)
        }
        #expect(harness.refusal(of: login) == .invalidToken(code: "session_revoked"))
        await #expect(throws: AuthError.sessionRevoked) { try await harness.refresh(login) }
        #expect(harness.refusal(of: other) == nil)
    }

    @Test("A database that cannot answer is never a bad secret")
    func unavailable() async throws {
        let secret = try await authenticator.addService("shop")
        let login = try await harness.logIn()
        try harness.store.close()
        #expect { try authenticator.isService(name: "shop", secret: secret, from: .test) } throws: {
            ($0 as? AuthError)?.code == "unavailable"
        }
        await #expect { try await authenticator.revoke(login.token, from: .test) } throws: {
            ($0 as? AuthError)?.code == "unavailable"
        }
    }
}
