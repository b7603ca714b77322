import Gatelodge
import TestSupport
import Testing

/// What holds for the answer of every route to every method (rows 72 to 74 of the security checklist).
@Suite struct EveryRouteTests {
    private static let methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY", "get"]
    private static let bodies: [(type: String, text: String)] = [
        ("", ""), ("application/json", "{"), ("application/json", "{}"), ("application/x-www-form-urlencoded", "a=%zz"),
        ("text/plain", "' OR 1=1 --"), ("application/json", String(repeating: " ", count: 16 * 1024 + 1)),
    ]
    /// What would tell of the inside.
    private static let insides = [
        "SELECT", "sqlite", "SQLITE", ".swift", "Optional(", "/a.db", "Error(", "Gatelodge.", "$2b$", "stack",
    ]

    private let site: TestApplication
    private let admin: String

    init() async throws {
        site = try TestApplication()
        admin = try await site.token(of: "root-of-all", roles: ["admin"])
    }

    @Test(.promise(72, 73, 74))
    func `Each says which methods it takes, and answers in the form of the contract`() async throws {
        var counts: [Int: Int] = [:]
        // "/readyz" says in its own form that nobody watches the database here.
        let routes = site.application.metrics.routeNames.filter { $0.method != "any" && $0.route != "/readyz" }
        for (surface, route) in Set(routes.map { [$0.surface, $0.route] }).map({ ($0[0], $0[1]) }) {
            let own = routes.filter { $0.surface == surface && $0.route == route }.map(\.method)
            let allowed = (own + (own.contains("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"])).sorted()
            for method in Self.methods {
                for (type, text) in Self.bodies {
                    var parameters = ["CONTENT_TYPE": type, "REQUEST_ID": "id-of-the-test"]
                    if surface != "public" { parameters["AUTH_SURFACE"] = surface }
                    // Ending one's own session would leave the rest to strangers.
                    if method != "DELETE", !route.hasSuffix("logout") { parameters["HTTP_AUTHORIZATION"] = admin }
                    let path = route.replacing("{id}", with: "nobody")
                    let reply = try await site.ask(method, path, parameters, body: text)
                    counts[reply.status, default: 0] += 1
                    let what: Comment =
                        "\(method) \(path) \(type) \(text.prefix(9)): \(reply.status) \(reply.body.prefix(200))"
                    #expect((reply.status == 405) == !allowed.contains(method), what)
                    if reply.status == 405 || method == "OPTIONS" {
                        #expect(reply.fields["allow"] == allowed.joined(separator: ", "), what)
                    }
                    expectTheForm(of: reply, what)
                }
            }
        }
        // Each kind of answer was seen.
        for status in [200, 204, 400, 401, 404, 405, 413, 415] { #expect(counts[status] ?? 0 > 5, "\(counts)") }
    }

    private func expectTheForm(of reply: ScenarioReply, _ what: Comment) {
        #expect(reply.status < 500, what)
        let cacheControl = reply.fields["cache-control"]
        #expect(cacheControl == "no-store" || cacheControl == "public, max-age=300", what)
        #expect((reply.fields["x-content-type-options"] == "nosniff") == !reply.body.isEmpty, what)
        for inside in Self.insides { #expect(!reply.body.contains(inside), what) }
        guard reply.status >= 400 else { return }
        #expect(reply.fields["content-type"] == "application/json; charset=utf-8", what)
        #expect(reply.string("error")?.isEmpty == false, what)
        #expect(reply.string("code") != nil || reply.string("error_description") != nil, what)
        #expect(reply.string("request_id") == "id-of-the-test", what)
        #expect(cacheControl == "no-store", what)
        if reply.status == 401 { #expect(reply.fields["www-authenticate"]?.isEmpty == false, what) }
    }

    @Test(.promise(86), arguments: ["%", "_", "v_cky", "vick%", "*", "[v]icky", "v?cky", "vicky' OR '1'='1", "\\"])
    func `No character of a search stands for others`(search: String) async throws {
        _ = try await site.token(of: "vicky")
        func found(_ text: String) async throws -> ScenarioReply {
            let query = text.utf8.map { "%" + (String($0, radix: 16).count == 1 ? "0" : "") + String($0, radix: 16) }
            return try await site.ask(
                "GET", "/api/admin/users",
                ["AUTH_SURFACE": "admin", "HTTP_AUTHORIZATION": admin, "QUERY_STRING": "search=\(query.joined())"])
        }
        #expect(try await found(search).body == #"{"items":[]}"#)
        #expect(try await found("vick").body.contains("vicky"))
    }
}
