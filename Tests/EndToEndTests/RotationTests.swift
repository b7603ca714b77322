import Foundation
import GRDB
import TestSupport
import Testing

/// Keys that change by themselves under load. `ROTATION_SECONDS` asks for the long form.
@Suite struct RotationTests {
    private static let seconds = number("ROTATION_SECONDS", default: 8)
    /// The long form rotates as the promise says.
    private static let rotateEvery = seconds >= 60 ? 5 : 2
    private static let lifetime = 4

    /// The clock that the server has, too.
    private var now: Double { Date().timeIntervalSince1970 }

    private func keyIDs(at server: Server) throws -> Set<String> {
        let set = try server.ask(.get("/.well-known/jwks.json")).body
        return Set(set.split(separator: "\"kid\":\"").dropFirst().map { String($0.prefix { $0 != "\"" }) })
    }

    @Test(.promise(70)) func `Scheduled rotation logs nobody out, and a dropped key's tokens are refused`() throws {
        let cluster = try Cluster(
            3,
            [
                "GATELODGE_KEYS_ROTATE_EVERY": "\(Self.rotateEvery)s", "GATELODGE_KEYS_LEAD": "1s",
                "GATELODGE_JWT_LIFETIME": "\(Self.lifetime)s",
            ])
        let servers = cluster.servers
        try servers[0].register("vicky")
        var load = try Load(sessions: try (0..<12).map { try servers[$0 % 3].logIn("vicky") }, servers: servers)
        let start = now
        var published = Set<String>()
        while now < start + Double(Self.seconds) {
            try load.turn()
            if Int.random(in: 0..<20) == 0 { published.formUnion(try keyIDs(at: servers[Int.random(in: 0..<3)])) }
            usleep(20_000)
        }
        print(
            "\(load.asked) requests in \(Self.seconds) s, \(load.keys.count) keys signed, "
                + "\(load.falselyRefused) false 401, \(load.otherwise) other answers")
        #expect(load.falselyRefused == 0)
        #expect(load.otherwise == 0)
        #expect(load.keys.count >= Self.seconds / Self.rotateEvery - 1)
        // One schedule for all three, and every key had its turn.
        let begins = try cluster.read { db in
            try Int.fetchAll(db, sql: "SELECT signs_from FROM signing_keys ORDER BY signs_from")
        }
        for (earlier, later) in zip(begins, begins.dropFirst()) { #expect(later - earlier >= Self.rotateEvery) }
        // A key goes when its last token has: its time, a token's lifetime, and a minute for the clocks.
        #expect(begins.count <= (Self.rotateEvery + Self.lifetime + 60) / Self.rotateEvery + 4)

        // The set holds what signed before and what signs now.
        let current = try servers[0].logIn("vicky").access
        let key = try UnverifiedToken(current).keyID
        #expect(published.count >= 2)
        #expect(try keyIDs(at: servers[1]).contains(key))
        #expect(try keyIDs(at: servers[1]).count >= 2)
    }

    @Test(.promise(70)) func `A dropped key's tokens are refused in every process within a second`() throws {
        let cluster = try Cluster()
        try cluster.servers[0].register("vicky")
        var latest = 0.0
        for _ in 0..<3 {
            let old = try cluster.servers[0].logIn("vicky")
            let key = try UnverifiedToken(old.access).keyID
            for server in cluster.servers { #expect(try server.accepts(old.access)) }
            let retired = try cluster.run("key", "retire", key, "--drop")
            #expect(retired.status == 0, "\(retired.errors)")
            let seconds = try secondsUntil { try cluster.servers.allSatisfy { try !$0.accepts(old.access) } }
            latest = max(latest, try #require(seconds))
            // The session goes on with another key, which all processes know.
            for server in cluster.servers {
                let tokens = try Tokens(server.refresh(old.refresh))
                #expect(try UnverifiedToken(tokens.access).keyID != key)
                for other in cluster.servers { #expect(try other.accepts(tokens.access)) }
                #expect(try !keyIDs(at: server).contains(key))
            }
        }
        print("a dropped key was refused everywhere \(latest) s after the command had ended")
        #expect(latest <= noticeLimit)
    }

    @Test func `A key that is retired without being dropped signs no more and verifies on`() throws {
        let cluster = try Cluster(2)
        try cluster.servers[0].register("vicky")
        let old = try cluster.servers[0].logIn("vicky")
        let key = try UnverifiedToken(old.access).keyID
        #expect(try cluster.run("key", "retire", key).status == 0)
        // By refreshing: a hundred logins would end the oldest session.
        var tokens = try cluster.servers[0].logIn("vicky")
        let seconds = try secondsUntil {
            try cluster.servers.allSatisfy { server in
                tokens = try Tokens(server.refresh(tokens.refresh))
                return try UnverifiedToken(tokens.access).keyID != key
            }
        }
        #expect(seconds != nil)
        for server in cluster.servers {
            #expect(try server.accepts(old.access))
            #expect(try keyIDs(at: server).contains(key))
        }
    }
}

/// Clients that use their tokens until they expire, and refresh them once a second.
private struct Load {
    private(set) var asked = 0
    private(set) var falselyRefused = 0
    private(set) var otherwise = 0
    private(set) var keys: Set<String> = []

    private var sessions: [Tokens]
    private var live: [(token: String, expiryUnixSeconds: Double)] = []
    private var refreshed: [Double]
    private let crowd: Crowd

    init(sessions: [Tokens], servers: [Server]) throws {
        self.sessions = sessions
        // Each at a time of its own.
        refreshed = sessions.indices.map { Date().timeIntervalSince1970 - Double($0) / Double(sessions.count) }
        crowd = try Crowd(2 * sessions.count, at: servers)
        for tokens in sessions { try use(tokens) }
    }

    /// One request of every client for the page, and of some for the next token.
    mutating func turn() throws {
        let time = Date().timeIntervalSince1970
        live.removeAll { $0.expiryUnixSeconds <= time }
        let places = sessions.indices.filter { time - refreshed[$0] >= 1 }
        let used = live.shuffled().prefix(2 * sessions.count - places.count)
        let replies = try crowd.ask(
            places.map { .refresh(sessions[$0].refresh) } + used.map { .get("/api/posts", authorization: $0.token) })
        let answered = Date().timeIntervalSince1970
        asked += replies.count
        for (place, reply) in zip(places, replies) {
            refreshed[place] = time
            guard reply.status == 200 else {
                otherwise += 1
                continue
            }
            sessions[place] = try Tokens(reply)
            try use(sessions[place])
        }
        for (token, reply) in zip(used, replies.dropFirst(places.count)) where reply.status != 200 {
            // One that expired on the way is refused with right.
            if reply.status == 401, token.expiryUnixSeconds <= answered { continue }
            if reply.status == 401 { falselyRefused += 1 } else { otherwise += 1 }
        }
    }

    private mutating func use(_ tokens: Tokens) throws {
        let contents = try UnverifiedToken(tokens.access)
        keys.insert(contents.keyID)
        live.append((tokens.access, contents.expiryUnixSeconds))
    }
}
