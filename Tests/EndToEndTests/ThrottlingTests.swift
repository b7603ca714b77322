import Foundation
import TestSupport
import Testing

/// Guessing against several processes. `RACE_ROUNDS` asks for the long form.
@Suite(.serialized) struct ThrottlingTests {
    private static let rounds = number("RACE_ROUNDS", default: 4)
    private static let size = 100

    @Test(.promise(26)) func `Two processes and a hundred wrong logins at once judge no more than the limit`() throws {
        // All come from one address, whose budget is not what is tried here.
        let cluster = try Cluster(
            2,
            [
                "GATELODGE_THROTTLE_ENABLED": "true", "GATELODGE_THROTTLE_ADDRESS": "3600",
                "GATELODGE_THROTTLE_REGISTRATIONS": "3600",
            ])
        let crowd = try Crowd(Self.size, at: cluster.servers)
        for round in 1...Self.rounds {
            let name = "vicky\(round)"
            try cluster.servers[0].register(name)
            let outcomes = try crowd.ask(Array(repeating: guess(name), count: Self.size)).map(\.outcome)
            #expect(outcomes.count { $0 == "401 invalid_credentials" } == 10, "round \(round)")
            #expect(outcomes.count { $0 == "429 throttled" } == Self.size - 10, "round \(round)")
            // The right password is not tried either.
            for server in cluster.servers { #expect(try server.ask(logIn(name)).outcome == "429 throttled") }
            #expect(try cluster.run("user", "unlock", name).status == 0)
            _ = try cluster.servers[1].logIn(name)
        }
    }

    @Test(.promise(22, 25)) func `A known name and an unknown one get the same bytes, and the session goes on`() throws
    {
        let cluster = try Cluster(2, ["GATELODGE_THROTTLE_ENABLED": "true"])
        let server = cluster.servers[0]
        try server.register("vicky")
        let tokens = try server.logIn("vicky")
        var replies: [[ScenarioReply]] = []
        for name in ["vicky", "nobody"] {
            replies.append(try (0..<12).map { try cluster.servers[$0 % 2].ask(guess(name)) })
        }
        for (known, unknown) in zip(replies[0], replies[1]) {
            #expect(known.status == unknown.status)
            #expect(masked(known.body) == masked(unknown.body))
            #expect(Set(known.fields.keys) == Set(unknown.fields.keys))
        }
        let last = try #require(replies[0].last)
        #expect(last.status == 429)
        #expect(last.string("error") == "too many attempts")
        #expect((1...60).contains(Int(last.fields["retry-after"] ?? "") ?? 0))
        for server in cluster.servers { #expect(try server.accepts(tokens.access)) }
        _ = try Tokens(server.refresh(tokens.refresh))
    }

    @Test(.promise(26, 27)) func `Kill -9 does not reset the count, and who waits as told is judged`() throws {
        let site = try Site(["GATELODGE_THROTTLE_ENABLED": "true"], withNginx: false)
        try site.restart(["GATELODGE_THROTTLE_ENABLED": "true", "GATELODGE_THROTTLE_FIRST_WAIT": "2s"])
        try site.server.register("vicky")
        for _ in 0..<10 { #expect(try site.server.ask(guess("vicky")).status == 401) }
        site.gatelodge.signal(SIGKILL)
        _ = site.gatelodge.status()
        try site.restart(["GATELODGE_THROTTLE_ENABLED": "true", "GATELODGE_THROTTLE_FIRST_WAIT": "600s"])
        let refused = try site.server.ask(logIn("vicky"))
        #expect(refused.status == 429)
        #expect((1...600).contains(Int(refused.fields["retry-after"] ?? "") ?? 0))
        try site.restart(["GATELODGE_THROTTLE_ENABLED": "true", "GATELODGE_THROTTLE_FIRST_WAIT": "2s"])
        #expect(try site.server.ask(guess("vicky")).status != 200)
        #expect(try secondsUntil(limit: 30) { try site.server.ask(logIn("vicky")).status == 200 } != nil)
    }

    private func guess(_ name: String) -> ScenarioRequest {
        .post("/api/login", #"{"username":"\#(name)","password":"a wrong password"}"#)
    }

    private func logIn(_ name: String) -> ScenarioRequest {
        .post("/api/login", #"{"username":"\#(name)","password":"\#(Server.password)"}"#)
    }

    private func masked(_ body: String) -> String {
        body.replacing(/"request_id":"[^"]*"/, with: "")
    }
}
