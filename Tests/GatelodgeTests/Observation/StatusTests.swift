import Authentication
import FastCGI
import Foundation
import Gatelodge
import JSON
import TestSupport
import Testing

@Suite struct StatusTests {
    private static let status = ["AUTH_SURFACE": "status"]

    private func metrics(_ site: TestApplication) async throws -> PrometheusReader {
        try PrometheusReader(try await site.ask("GET", "/metrics", Self.status).body)
    }

    @Test(arguments: ["/status", "/metrics", "/livez", "/readyz"])
    func `It is there for the surface alone`(_ path: String) async throws {
        let site = try TestApplication()
        try site.application.authenticator.startWatching()
        defer { site.application.authenticator.stopWatching() }
        #expect(try await site.ask("GET", path, Self.status).status == 200)
        #expect(try await site.ask("HEAD", path, Self.status).status == 200)
        #expect(try await site.ask("POST", path, Self.status).status == 405)
        #expect(try await site.ask("GET", path).status == 404)
        #expect(try await site.ask("GET", path, ["AUTH_SURFACE": "admin"]).status == 404)
        #expect(try await site.ask("GET", path, ["HTTP_AUTH_SURFACE": "status"]).status == 404)
    }

    @Test func `It is ready while the database answers, and alive anyhow`() async throws {
        let site = try TestApplication()
        let before = try await site.ask("GET", "/readyz", Self.status)
        #expect(before.status == 503 && before.fields["retry-after"] == "1")
        #expect(before.body == #"{"ready":false,"readiness":{"database":false,"hasher":true}}"#)
        try site.application.authenticator.startWatching()
        let serving = try await site.ask("GET", "/readyz", Self.status)
        #expect(serving.status == 200)
        #expect(serving.body == #"{"ready":true,"readiness":{"database":true,"hasher":true}}"#)
        site.application.authenticator.stopWatching()
        #expect(try await site.ask("GET", "/readyz", Self.status).status == 503)
        #expect(try await site.ask("GET", "/livez", Self.status).body == #"{"live":true}"#)
    }

    @Test func `Requests are counted exactly by route and status, whatever paths clients make up`() async throws {
        let site = try TestApplication()
        site.application.get("/items/{id}") { request in
            request.pathParameter("id").hasPrefix("9")
                ? Response(status: .init(code: 418)) : Response(status: .noContent)
        }
        site.application.get("/own", .authenticated) { _, _ in .json([:]) }
        let token = try await site.token()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let application = site.application
            @Sendable func ask(_ path: String, _ fields: [(name: String, value: String)] = []) async throws {
                let parameters = [(name: "REQUEST_METHOD", value: "GET"), (name: "SCRIPT_NAME", value: path)] + fields
                _ = await application.respond(to: try Request(parameters: RequestParameters(parameters), body: []))
            }
            for number in 0..<400 {
                group.addTask {
                    try await ask("/items/\(number)")
                    try await ask("/made-up/\(UUID())")
                    try await ask("/own", [(name: "HTTP_AUTHORIZATION", value: number % 4 == 0 ? "x" : token)])
                }
            }
            try await group.waitForAll()
        }
        let read = try await metrics(site)
        func requests(_ route: String, _ status: String, method: String = "GET") -> Double? {
            read.value(
                "gatelodge_requests_total",
                ["surface": "public", "method": method, "route": route, "status": status])
        }
        // 9, 90 to 99.
        #expect(requests("/items/{id}", "204") == 389 && requests("/items/{id}", "4xx") == 11)
        #expect(requests("other", "404", method: "any") == 400)
        #expect(requests("/own", "200") == 300 && requests("/own", "401") == 100)
        #expect(
            read.value(
                "gatelodge_request_duration_seconds_count",
                ["surface": "public", "method": "GET", "route": "/own"]) == 400)
        #expect(read.value("gatelodge_cache_lookups_total", ["cache": "token", "result": "miss"])! >= 101)
        #expect(
            read.value("gatelodge_cache_lookups_total", ["cache": "token", "result": "hit"])!
                + read.value("gatelodge_cache_lookups_total", ["cache": "token", "result": "miss"])! == 400)
        #expect(!read.samples.contains { $0.labels.values.contains { $0.contains("made-up") } })
    }

    @Test func `Both forms tell of hashes, commits, log-ins and what the supervisor says`() async throws {
        let site = try TestApplication()
        let credentials = #"{"username":"vicky","password":"vicky@12345"}"#
        func post(_ path: String, from address: String, _ body: String) async throws {
            let fields = [
                "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": "\(body.utf8.count)", "REMOTE_ADDR": address,
            ]
            _ = try await site.ask("POST", path, fields, body: body)
        }
        try await post("/register", from: "192.0.2.1", credentials)
        for _ in 0..<3 { try await post("/login", from: "192.0.2.7", credentials) }
        try await post("/login", from: "192.0.2.8", credentials)
        site.application.metrics.take(SupervisionFacts(generation: 3, reloads: 2, failedReloads: 1, restarts: 4))

        let read = try await metrics(site)
        #expect(read.value("gatelodge_hashes_total", ["outcome": "done"]) == 5)
        #expect(read.value("gatelodge_hash_wait_seconds_count") == 5)
        #expect(read.value("gatelodge_hash_queue_depth") == 0 && read.value("gatelodge_hash_lanes")! >= 1)
        #expect(read.value("gatelodge_commits_total", ["outcome": "done"])! >= 5)
        #expect(read.value("gatelodge_commit_batch_writes_sum") == read.value("gatelodge_writes_total"))
        #expect(read.value("gatelodge_logins_recent") == 4)
        #expect(read.value("gatelodge_logins_busiest_address_ratio") == 0.75)
        #expect(read.value("gatelodge_generation") == 3 && read.value("gatelodge_worker_restarts_total") == 4)
        #expect(read.value("gatelodge_reloads_total", ["outcome": "failed"]) == 1)

        let report = site.application.statusReport().json.objectValue
        #expect(report?["logins"] == ["recent": 4, "busiest_address": "192.0.2.7", "busiest_percent": 75])
        #expect(
            report?["supervision"] == ["generation": 3, "reloads": 2, "failed_reloads": 1, "restarts": 4])
        #expect(report?["hashing"]?.objectValue?["completed"] == 5)
        let login = report?["requests"]?.arrayValue?.compactMap(\.objectValue).first { $0["route"] == "/login" }
        #expect(login?["count"] == 4 && login?["statuses"] == ["200": 4])
    }

    @Test func `A thousand addresses take no more room than it has, and the busiest is still found`() async throws {
        let site = try TestApplication()
        for number in 0..<1000 {
            let address = number % 2 == 0 ? "198.51.100.1" : "10.0.\(number / 256).\(number % 256)"
            _ = try await site.ask("POST", "/login", ["REMOTE_ADDR": address])
        }
        let report = site.application.statusReport().logins
        #expect(report.total == 1000 && report.busiestAddress == "198.51.100.1")
        #expect((500...508).contains(report.busiestCount))
    }
}
