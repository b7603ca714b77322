import Foundation
import TestSupport
import Testing

/// Guessing against four processes, from many addresses, and over reloads. `RACE_ROUNDS` asks for the long form.
@Suite(.serialized) struct ThrottlingProcessTests {
    private static let rounds = number("RACE_ROUNDS", default: 2)
    private static let size = 200

    /// The budget of one address is not what is tried here, nor how long a connection may say nothing before its first request.
    private static let settings = [
        "GATELODGE_THROTTLE_ENABLED": "true", "GATELODGE_THROTTLE_ADDRESS": "3600", "GATELODGE_REQUEST_DEADLINE": "60s",
        "GATELODGE_THROTTLE_REGISTRATIONS": "3600",
    ]

    @Test(.promise(26))
    func `Of two hundred wrong logins at once to four processes ten are hashed, and kill -9 of all forgets none`()
        throws
    {
        let cluster = try Cluster(4, Self.settings)
        let crowd = try Crowd(Self.size, at: cluster.servers)
        for round in 1...Self.rounds {
            let name = "vicky\(round)"
            try cluster.servers[0].register(name)
            let before = try hashes(cluster.servers)
            // Each round comes from an address of its own, as one address has no more than an hour's budget.
            let outcomes = try crowd.ask(
                Array(repeating: guess(name), count: Self.size), from: "10.0.\(round / 200).\(round % 200)"
            ).map(\.outcome)
            #expect(try hashes(cluster.servers) - before == 10, "round \(round)")
            #expect(outcomes.count { $0 == "401 invalid_credentials" } == 10, "round \(round)")
            #expect(outcomes.count { $0 == "429 throttled" } == Self.size - 10, "round \(round)")
        }
        for process in cluster.processes { process.signal(SIGKILL) }
        for process in cluster.processes { _ = process.status() }
        let after = try Site.start(Site.binary, ["serve"], cluster.folder, Self.settings)
        defer { after.end() }
        let server = Server(socketPath: cluster.folder.appending(path: "var/gatelodge.sock").path)
        let before = try hashes([server])
        let reply = try server.ask(
            logIn("vicky\(Self.rounds)"),
            parameters: [("REMOTE_ADDR", "10.0.\(Self.rounds / 200).\(Self.rounds % 200)")])
        #expect(reply.status == 429)
        #expect(try hashes([server]) == before)
        // The positive control, from elsewhere.
        #expect(try server.ask(logIn("vicky1"), parameters: [("REMOTE_ADDR", "10.9.9.9")]).status == 200)
    }

    @Test(.promise(24))
    func `Of a hundred and one failures over twenty addresses a hundred are judged, and then not the right one`() throws
    {
        let site = try Site(Self.settings, withNginx: false)
        try site.server.register("vicky")
        let tokens = try site.server.logIn("vicky")
        let before = try hashes([site.server])
        var statuses: [Int] = []
        for index in 0...100 {
            statuses.append(try ask(guess("vicky"), site.server, from: index % 20).status)
        }
        #expect(statuses == Array(repeating: 401, count: 100) + [429])
        let refused = try ask(logIn("vicky"), site.server, from: 77)
        #expect(refused.status == 429)
        #expect((1...3_600).contains(refused.retryAfterSeconds ?? 0))
        #expect(try hashes([site.server]) - before == 100)
        // The owner, whose address is known, and the session go on; and the login resets the count.
        #expect(try site.server.accepts(tokens.access))
        _ = try site.server.logIn("vicky")
        #expect(try ask(logIn("vicky"), site.server, from: 77).status == 200)
    }

    @Test(.promise(26)) func `Two workers during a reload count together`() throws {
        let settings = Self.settings.merging(["GATELODGE_RELOAD_TRIAL": "0s"]) { $1 }
        let site = try Site(settings, withNginx: false)
        let crowd = try Crowd(20, at: [site.server])
        for round in 1...3 {
            let name = "vicky\(round)"
            try site.server.register(name)
            let reload = try Child(
                Site.binary, ["reload"], environment: Site.environment.merging(settings) { $1 }, folder: site.folder)
            var outcomes: [String] = []
            repeat {
                outcomes += try crowd.ask(Array(repeating: guess(name), count: 20)).map(\.outcome)
            } while reload.isRunning
            outcomes += try crowd.ask(Array(repeating: guess(name), count: 20)).map(\.outcome)
            #expect(reload.status() == 0, "\(reload.errors)")
            #expect(outcomes.count { $0 == "401 invalid_credentials" } == 10, "round \(round): \(outcomes)")
            #expect(Set(outcomes) == ["401 invalid_credentials", "429 throttled"], "round \(round)")
        }
    }

    private func ask(_ request: ScenarioRequest, _ server: Server, from host: Int) throws -> ScenarioReply {
        try server.ask(request, parameters: [("REMOTE_ADDR", "192.0.2.\(host)")])
    }

    /// How many passwords the processes have hashed.
    private func hashes(_ servers: [Server]) throws -> Int {
        try servers.map { server in
            let reply = try server.ask(.get("/metrics"), parameters: [("AUTH_SURFACE", "status")])
            return Int(try PrometheusReader(reply.body).value("gatelodge_hashes_total", ["outcome": "done"]) ?? -1)
        }.reduce(0, +)
    }

    private func guess(_ name: String) -> ScenarioRequest {
        .post("/api/login", #"{"username":"\#(name)","password":"a wrong password"}"#)
    }

    private func logIn(_ name: String) -> ScenarioRequest {
        .post("/api/login", #"{"username":"\#(name)","password":"\#(Server.password)"}"#)
    }
}
