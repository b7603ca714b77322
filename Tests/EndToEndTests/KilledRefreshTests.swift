import Foundation
import TestSupport
import Testing

/// Processes that are killed while they exchange refresh tokens. `KILL_ROUNDS` asks for the long form.
@Suite struct KilledRefreshTests {
    private static let rounds = number("KILL_ROUNDS", default: 4)
    private static let size = 24

    @Test(.promise(62))
    func `A token that was acknowledged is good after kill -9, and one whose answer was lost can be shown again`()
        throws
    {
        let site = try Site(withNginx: false)
        try site.server.register("vicky")
        var held = try (0..<Self.size).map { _ in try site.server.logIn("vicky") }
        var used = held
        var (acknowledged, lost) = (0, 0)
        for round in 1...Self.rounds {
            let clients = try held.map { _ in try site.server.connect() }
            for (client, tokens) in zip(clients, held) { try client.send(.refresh(tokens.refresh)) }
            // In some rounds at once, in others when a part has been answered.
            let answered = Self.size / 4 * (round % 4)
            var replies: [ScenarioReply?] = try clients.prefix(answered).map { try $0.receiveScenarioReply() }
            site.gatelodge.signal(SIGKILL)
            _ = site.gatelodge.status()
            replies += clients.dropFirst(answered).map { try? $0.receiveScenarioReply() }
            try site.restart()
            for (index, reply) in replies.enumerated() {
                used[index] = held[index]
                // Within the grace period, so the answer is that which was lost.
                let again = try Tokens(site.server.refresh(held[index].refresh))
                if let reply {
                    let tokens = try Tokens(reply)
                    #expect(tokens.refresh == again.refresh, "round \(round)")
                    #expect(try site.server.accepts(tokens.access))
                    acknowledged += 1
                } else {
                    lost += 1
                }
                held[index] = again
                #expect(try site.server.accepts(again.access))
            }
        }
        print("\(acknowledged) refreshes acknowledged before \(Self.rounds) times kill -9, \(lost) answers lost")

        // Without a grace period never both: the old one ends the session, or the new one goes on.
        try site.restart(["GATELODGE_SESSION_REFRESH_GRACE": "0s"])
        let start = Date().timeIntervalSince1970
        _ = secondsUntil { Date().timeIntervalSince1970 >= start + 2 }
        for index in held.indices {
            if index.isMultiple(of: 2) {
                #expect(try site.server.refresh(used[index].refresh).outcome == "401 refresh_reused")
                #expect(try site.server.refresh(held[index].refresh).outcome == "401 session_revoked")
                #expect(try !site.server.accepts(held[index].access))
            } else {
                #expect(try site.server.refresh(held[index].refresh).outcome == "200")
            }
        }
    }
}
