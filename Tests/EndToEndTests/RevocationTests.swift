import Foundation
import TestSupport
import Testing

/// Every way to end a session, seen from the process that ended it and from two others. `NOTICE_ROUNDS` asks for more
/// figures.
@Suite(.serialized) struct RevocationTests {
    private static let rounds = number("NOTICE_ROUNDS", default: 2)

    struct Way: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What ends the session of the first tokens; the second are of the same account.
        let end: @Sendable (Tokens, Tokens) throws -> ScenarioRequest
        let status: Int
    }

    static let ways = [
        Way(
            testDescription: "logging out", end: { ended, _ in .with(ended.access, "POST", "/api/logout") }, status: 204
        ),
        Way(
            testDescription: "logging out with the refresh token",
            end: { ended, _ in .post("/api/logout", #"{"refresh_token":"\#(ended.refresh)"}"#) }, status: 204),
        Way(
            testDescription: "logging the others out",
            end: { _, kept in .with(kept.access, "POST", "/api/logout", #"{"scope":"others"}"#) }, status: 204),
        Way(
            testDescription: "ending it by its id",
            end: { ended, kept in
                .with(kept.access, "DELETE", "/api/sessions/\(try UnverifiedToken(ended.access).sessionID)")
            }, status: 204),
        Way(
            testDescription: "revoking the access token",
            end: { ended, _ in
                .post("/api/revoke", "token=\(ended.access)", type: "application/x-www-form-urlencoded")
            }, status: 200),
        Way(
            testDescription: "another password",
            end: { _, kept in
                let body = #"{"current_password":"\#(Server.password)","new_password":"\#(Server.password)"}"#
                return .with(kept.access, "POST", "/api/password", body)
            }, status: 204),
    ]

    @Test(.promise(55, 65), arguments: ways)
    func `What one process ended it refuses at once, and the others within a second`(_ way: Way) throws {
        let cluster = try Cluster()
        try cluster.servers[0].register("vicky")
        var figures: [Double] = []
        for round in 0..<Self.rounds {
            let ending = cluster.servers[round % 3]
            let (ended, kept) = (try ending.logIn("vicky"), try ending.logIn("vicky"))
            for server in cluster.servers { #expect(try server.accepts(ended.access)) }
            let reply = try ending.ask(way.end(ended, kept))
            #expect(reply.status == way.status, "\(reply.body)")
            #expect(try !ending.accepts(ended.access))
            let seconds = try secondsUntil { try cluster.servers.allSatisfy { try !$0.accepts(ended.access) } }
            figures.append(try #require(seconds))
            for server in cluster.servers {
                #expect(try server.refresh(ended.refresh).outcome == "401 session_revoked")
                #expect(try server.accepts(kept.access))
            }
            #expect(try ending.ask(.with(kept.access, "POST", "/api/logout")).status == 204)
        }
        print("\(way.testDescription): refused everywhere after at most \(figures.max() ?? 0) s of \(figures.count)")
        #expect(figures.allSatisfy { $0 <= noticeLimit })
    }
}
