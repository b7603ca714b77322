import Foundation
import GRDB
import TestSupport
import Testing

/// A hundred requests at the same time to three processes that share a database. `RACE_ROUNDS` asks for the long form.
@Suite(.serialized) struct RaceTests {
    private static let rounds = number("RACE_ROUNDS", default: 4)
    private static let size = 100

    private let cluster: Cluster
    private let crowd: Crowd

    init() throws {
        cluster = try Cluster()
        crowd = try Crowd(Self.size, at: cluster.servers)
        try cluster.servers[0].register("vicky")
    }

    @Test(.promise(61)) func `All who refresh one token get one successor, and the chain stays one chain`() throws {
        var tokens = try cluster.servers[0].logIn("vicky")
        let session = try UnverifiedToken(tokens.access).sessionID
        for round in 1...Self.rounds {
            let replies = try crowd.ask(Array(repeating: .refresh(tokens.refresh), count: Self.size))
            #expect(Set(replies.map(\.outcome)) == ["200"], "round \(round)")
            let successors = Set(replies.compactMap { $0.string("refresh_token") })
            #expect(successors.count == 1, "round \(round)")
            #expect(!successors.contains(tokens.refresh))
            let chain = try cluster.read { db in
                try Row.fetchAll(db, sql: "SELECT id, generation FROM sessions").map {
                    ($0["id"] as String, $0["generation"] as Int)
                }
            }
            #expect(chain.map(\.0) == [session])
            #expect(chain.map(\.1) == [round])
            tokens = try Tokens(try #require(replies.randomElement()))
            for server in cluster.servers { #expect(try server.accepts(tokens.access)) }
        }
        let exchanges = try cluster.read { db in
            try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM audit WHERE event = 'refresh' AND result = 'ok'")
        }
        #expect(exchanges == Self.rounds)
    }

    @Test(.promise(19)) func `Of all who register one name one gets it`() throws {
        for round in 1...Self.rounds {
            let spellings = ["marlene\(round)", "Marlene\(round)", "MARLENE\(round)"]
            let requests = (0..<Self.size).map { index in
                let name = spellings[index % spellings.count]
                return ScenarioRequest.post("/register", #"{"username":"\#(name)","password":"\#(Server.password)"}"#)
            }
            let outcomes = try crowd.ask(requests).map(\.outcome)
            #expect(outcomes.count { $0 == "200" } == 1, "round \(round)")
            #expect(outcomes.count { $0 == "409 username_taken" } == Self.size - 1, "round \(round)")
            let accounts = try cluster.read { db in
                try Int.fetchOne(
                    db, sql: "SELECT COUNT(*) FROM accounts WHERE canonical = ?", arguments: ["marlene\(round)"])
            }
            #expect(accounts == 1)
            _ = try cluster.servers[round % 3].logIn("marlene\(round)")
        }
    }

    @Test func `Who logs out while others refresh has logged out`() throws {
        var latest = 0.0
        for round in 1...Self.rounds {
            let tokens = try cluster.servers[round % 3].logIn("vicky")
            let place = round * 37 % Self.size
            var requests = Array(repeating: ScenarioRequest.refresh(tokens.refresh), count: Self.size)
            // In turn by the access token, and by the refresh token that is being exchanged.
            requests[place] =
                round.isMultiple(of: 2)
                ? .with(tokens.access, "POST", "/api/logout")
                : .post("/api/logout", #"{"refresh_token":"\#(tokens.refresh)"}"#)
            let replies = try crowd.ask(requests)
            #expect(replies[place].status == 204, "round \(round): \(replies[place].body)")
            var issued = [tokens.access]
            var successor: String?
            for (index, reply) in replies.enumerated() where index != place {
                if reply.status == 200 {
                    issued.append(try #require(reply.string("token")))
                    successor = reply.string("refresh_token")
                } else {
                    #expect(reply.outcome == "401 session_revoked", "round \(round)")
                }
            }
            // At once where it ended; everywhere for what asks the database.
            let ending = cluster.servers[place % 3]
            for token in issued { #expect(try !ending.accepts(token), "round \(round)") }
            for server in cluster.servers {
                #expect(try server.refresh(tokens.refresh).outcome == "401 session_revoked")
                if let successor { #expect(try server.refresh(successor).outcome == "401 session_revoked") }
            }
            let seconds = try secondsUntil { [issued] in
                try cluster.servers.allSatisfy { server in try issued.allSatisfy { try !server.accepts($0) } }
            }
            latest = max(latest, try #require(seconds))
        }
        print("a session that ended while \(Self.size) refreshed it was refused everywhere after \(latest) s")
        #expect(latest <= noticeLimit)
    }

    @Test(.promise(70)) func `No token is refused while the key is rotated`() throws {
        var sessions = try (0..<20).map { try cluster.servers[$0 % 3].logIn("vicky") }
        var pool = sessions.map(\.access)
        var keys = Set(try pool.map { try UnverifiedToken($0).keyID })
        var (asked, refused) = (0, 0)
        for rotation in 1...max(2, Self.rounds / 20) {
            let command = try cluster.start("key", "rotate", "--now")
            defer { command.end() }
            var newest = Set<String>()
            let seconds = try secondsUntil {
                var requests = (0..<Self.size).map { _ in
                    ScenarioRequest.get("/api/posts", authorization: pool.randomElement())
                }
                // The twenty take turns with the servers that refresh them.
                for place in sessions.indices { requests[place] = .refresh(sessions[place].refresh) }
                let replies = try crowd.ask(requests)
                asked += replies.count
                refused += replies.count { $0.status != 200 }
                for place in sessions.indices where replies[place].status == 200 {
                    sessions[place] = try Tokens(replies[place])
                }
                newest = Set(try sessions.map { try UnverifiedToken($0.access).keyID })
                pool = Array((pool + sessions.map(\.access)).suffix(1000))
                return newest.isDisjoint(with: keys)
            }
            #expect(seconds != nil, "rotation \(rotation): \(command.errors)")
            #expect(newest.count == 1)
            keys.formUnion(newest)
        }
        print("\(asked) requests while the key was rotated \(keys.count - 1) times, \(refused) refused")
        #expect(refused == 0)
    }
}
