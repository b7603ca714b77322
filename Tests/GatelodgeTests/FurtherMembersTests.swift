import Authentication
import Gatelodge
import TestSupport
import Testing

/// Members of a request that nobody asked for.
@Suite struct FurtherMembersTests {
    private static let further = """
        "id":"acc_made_up","role":"admin","roles":["admin"],"is_admin":true,"state":"disabled","email_verified":true,
        "password_hash":"$2b$04$abcdefghijklmnopqrstuuOPgD9OqKCm5u6Rn1Z6vL7u3E0GqW6cC","created":"1999-01-01T00:00:00Z",
        "created_at":0,"epoch":99,"sub":"somebody","__proto__":{"admin":true}
        """

    @Test(.promise(16)) func `They set nothing, when registering, logging in, changing and resetting`() async throws {
        let application = try TestApplication()
        let json = ["CONTENT_TYPE": "application/json"]
        func post(_ path: String, _ members: String, _ parameters: [String: String] = [:]) async throws -> ScenarioReply
        {
            try await application.ask(
                "POST", path, json.merging(parameters) { $1 }, body: "{\(Self.further),\(members)}")
        }
        let rules = application.application.authenticator
        #expect(try await post("/register", #""username":"vicky","password":"vicky@12345""#).status == 200)
        let user = try rules.findUser(named: "vicky")
        #expect(user.id != "acc_made_up" && user.roles == [] && !user.isDisabled)
        #expect(user.createdUnixSeconds > 1_700_000_000)

        let token = try #require(
            try await post("/login", #""username":"vicky","password":"vicky@12345""#).string("token"))
        let authorization = ["HTTP_AUTHORIZATION": "Bearer \(token)"]
        let changed = try await post(
            "/api/password", #""current_password":"vicky@12345","new_password":"correct horse""#, authorization)
        #expect(changed.status == 204)
        let code = try await rules.makeReset(named: "vicky")
        #expect(
            try await post("/api/password/reset", #""code":"\#(code)","new_password":"battery staple""#).status == 204)
        #expect(try rules.findUser(named: "vicky") == user)
        #expect(try rules.findUsers() == [user])
        #expect(try await post("/login", #""username":"vicky","password":"battery staple""#).status == 200)
    }
}
