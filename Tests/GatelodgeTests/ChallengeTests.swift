import FastCGI
import Gatelodge
import TestSupport
import Testing

/// What a refusal of a credential says that one should bring instead (RFC 9110 §11.6.1, RFC 6750 §3).
@Suite struct ChallengeTests {
    private let site: TestApplication

    init() throws {
        site = try TestApplication()
        site.application.get("/api/posts", .authenticated) { _, identity in .json(["name": .string(identity.username)])
        }
        site.application.get("/api/editors", .role("editor")) { _, _ in .json(["message": "Welcome"]) }
    }

    /// A scheme and quoted parameters.
    private func parameters(of challenge: String?) throws -> [String: String] {
        let whole = try #require(challenge)
        let match = try #require(whole.wholeMatch(of: /(?:Bearer|Basic) (.+)/), "\(whole)")
        var parameters: [String: String] = [:]
        for part in match.1.split(separator: ", ") {
            let pair = try #require(part.wholeMatch(of: /([a-z_]+)="([^"\\]*)"/), "\(whole)")
            #expect(parameters.updateValue(String(pair.2), forKey: String(pair.1)) == nil, "\(whole)")
        }
        return parameters
    }

    @Test(.promise(58)) func `Every 401 of the contract has a challenge, with an error only for who brought something`()
        async throws
    {
        let token = try await site.token()
        var refused = 0
        for scenario in EndpointScenario.contract where scenario.status == 401 {
            let request = scenario.request.replacing(["token": token, "altered": token.altered])
            let reply = try await site.ask(
                request.parameters.map { (name: $0.0, value: $0.1) },
                body: String(decoding: request.body, as: UTF8.self))
            #expect(reply.status == 401, "\(scenario.name)")
            let parameters = try parameters(of: reply.fields["www-authenticate"])
            #expect(parameters["realm"] == "gatelodge", "\(scenario.name)")
            let code = reply.string("code") ?? ""
            let isJudged = code == "invalid_token" || code.hasPrefix("refresh_")
            #expect(parameters["error"] == (isJudged ? "invalid_token" : nil), "\(scenario.name)")
            refused += 1
        }
        #expect(refused > 20)
        let wrongRole = try await site.ask("GET", "/api/editors", ["HTTP_AUTHORIZATION": token])
        #expect(wrongRole.status == 403)
        #expect(try parameters(of: wrongRole.fields["www-authenticate"])["error"] == "insufficient_scope")
        let welcome = try await site.ask("GET", "/api/posts", ["HTTP_AUTHORIZATION": token])
        #expect(welcome.status == 200 && welcome.fields["www-authenticate"] == nil)
    }

    @Test(
        .promise(57),
        arguments: ["Bearer T", "bearer T", "BEARER T", "bEaReR  T", "Bearer\tT", " Bearer T ", "T", "\tT"])
    func `A scheme in any case and with any blanks is understood`(_ field: String) async throws {
        let token = try await site.token()
        let value = field.replacing("T", with: token)
        #expect(try await site.ask("GET", "/api/posts", ["HTTP_AUTHORIZATION": value]).status == 200)
    }

    @Test(
        .promise(57),
        arguments: [
            "", " ", "\t", "Bearer", "Bearer ", "bearer\t", "Basic", "Basic x", "Digest a=b", "Bearer x", "Bearer x y",
            "Bearer x, Bearer y", "Bearerx", "Bearer=x", ",", "=", ":", "\u{1}", "\u{7F}", "\u{FF}\u{FE}",
            "Bearer \u{0}",
            "Negotiate " + String(repeating: "A", count: 4096), "Bearer " + String(repeating: ".", count: 60_000),
        ])
    func `No Authorization field makes it fail`(_ field: String) async throws {
        let reply = try await site.ask("GET", "/api/posts", ["HTTP_AUTHORIZATION": field])
        #expect(reply.status == 401)
        #expect(["missing_token", "invalid_token"].contains(reply.string("code")))
    }
}
