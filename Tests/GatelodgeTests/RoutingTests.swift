import Gatelodge
import HTTPTypes
import TestSupport
import Testing

@Suite struct RoutingTests {
    private let site: TestApplication

    init() throws {
        site = try TestApplication()
        site.application.get("/a/{id}") { request in .json(["id": .string(request.pathParameter("id"))]) }
        site.application.delete("/a/{id}") { _ in Response(status: .noContent) }
        site.application.get("/a/exact") { _ in .json(["id": "the exact one"]) }
        site.application.get("/Keys") { _ in .json(["id": "keys"]) }
        site.application.put("/a/{id}/b/{other}") { request in
            .json(["id": .string(request.pathParameter("id") + " " + request.pathParameter("other"))])
        }
        site.application.post("/a/{id}/b/c") { _ in .json(["id": "the literal one"]) }
        site.application.post("/editors", .role("editor")) { _, identity in .json(["name": .string(identity.username)])
        }
        site.application.on(.get, "/admin/{id}", surface: .admin) { request in
            .json(["id": .string(request.pathParameter("id"))])
        }
    }

    @Test(arguments: [
        ("GET", "/a/1", 200, #"{"id":"1"}"#), ("GET", "/a/exact", 200, #"{"id":"the exact one"}"#),
        ("HEAD", "/a/1", 200, ""), ("DELETE", "/a/1", 204, ""), ("GET", "/a/ü b%2f", 200, #"{"id":"ü b%2f"}"#),
        ("PUT", "/a/1/b/2", 200, #"{"id":"1 2"}"#), ("POST", "/a/1/b/c", 200, "the literal one"),
        ("GET", "/a/", 404, ""), ("GET", "/a", 404, ""), ("GET", "/a/1/", 404, ""), ("GET", "//a/1", 404, ""),
        ("GET", "/a//b/2", 404, ""), ("GET", "/a/1/b", 404, ""), ("GET", "", 404, ""), ("GET", "a/1", 404, ""),
        ("GET", "/a/{id}", 200, #"{"id":"{id}"}"#), ("GET", "/Keys", 200, "keys"),
        // As nginx sees them: bytes, and no characters. The sign for kelvin is no K, and a slash stays one before an accent.
        ("GET", "/\u{212A}eys", 404, ""), ("GET", "/a/1/\u{301}", 404, ""), ("GET", "x/a/1", 404, ""),
    ])
    func `A parameter stands for one segment that is not empty`(
        _ method: String, _ path: String, _ status: Int, _ text: String
    ) async throws {
        let reply = try await site.ask(method, path)
        #expect(reply.status == status)
        #expect(reply.body.contains(text))
    }

    @Test func `A path with parameters knows its methods`() async throws {
        let wrong = try await site.ask("POST", "/a/1")
        #expect(wrong.status == 405)
        #expect(wrong.fields["allow"] == "DELETE, GET, HEAD, OPTIONS")
        let options = try await site.ask("OPTIONS", "/a/1/b/2")
        #expect(options.status == 204)
        #expect(options.fields["allow"] == "OPTIONS, PUT")
    }

    @Test func `A route of a surface is there for that surface alone, and nothing else is`() async throws {
        #expect(try await site.ask("GET", "/admin/7", ["AUTH_SURFACE": "admin"]).body == #"{"id":"7"}"#)
        #expect(try await site.ask("GET", "/livez", ["AUTH_SURFACE": "status"]).status == 200)
        for surface in [nil, "status", "", "Admin", "admin ", "adminx", "nothing"] {
            let parameters = surface.map { ["AUTH_SURFACE": $0] } ?? [:]
            #expect(try await site.ask("GET", "/admin/7", parameters).status == 404, "\(surface ?? "none")")
            #expect(try await site.ask("OPTIONS", "/admin/7", parameters).status == 404, "\(surface ?? "none")")
        }
        #expect(try await site.ask("GET", "/a/1", ["AUTH_SURFACE": "admin"]).status == 404)
        #expect(try await site.ask("GET", "/livez", ["AUTH_SURFACE": "admin"]).status == 404)
        #expect(try await site.ask("GET", "/admin/7", ["HTTP_AUTH_SURFACE": "admin"]).status == 404)
    }

    @Test func `A surface that is named twice is none`() async throws {
        func status(_ second: String) async throws -> Int {
            try await site.ask([
                (name: "REQUEST_METHOD", value: "GET"), (name: "SCRIPT_NAME", value: "/livez"),
                (name: "AUTH_SURFACE", value: "status"), (name: "AUTH_SURFACE", value: second),
            ]).status
        }
        #expect(try await status("status") == 200)
        #expect(try await status("admin") == 404)
    }

    @Test func `A role is asked for after a good credential`() async throws {
        let editor = try await site.token(of: "editor", roles: ["editor", "author"])
        let reader = try await site.token(of: "reader", roles: ["author"])
        let allowed = try await site.ask("POST", "/editors", ["HTTP_AUTHORIZATION": editor])
        #expect(allowed.body == #"{"name":"editor"}"#)
        let refused = try await site.ask("POST", "/editors", ["HTTP_AUTHORIZATION": reader])
        #expect(refused.status == 403)
        #expect(refused.body.contains(#""code":"insufficient_role""#))
        #expect(refused.fields["www-authenticate"] == #"Bearer realm="gatelodge", error="insufficient_scope""#)
        #expect(try await site.ask("POST", "/editors").status == 401)
    }

    @Test func `Routes that could be confused are programmer's errors`() async {
        await #expect(processExitsWith: .failure) {
            let site = try TestApplication()
            site.application.get("/a/{id}") { _ in Response(status: .ok) }
            site.application.put("/a/{name}") { _ in Response(status: .ok) }
        }
        await #expect(processExitsWith: .failure) {
            let site = try TestApplication()
            site.application.get("/a/x{id}") { _ in Response(status: .ok) }
        }
        await #expect(processExitsWith: .success) {
            let site = try TestApplication()
            site.application.get("/a/{id}") { _ in Response(status: .ok) }
            site.application.put("/a/{id}") { _ in Response(status: .ok) }
        }
    }

    @Test(.promise(69)) func `The key set has an entity tag, and is not sent again to who has it`() async throws {
        let path = "/.well-known/jwks.json"
        let first = try await site.ask("GET", path)
        let tag = try #require(first.fields["etag"])
        #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count == 18)
        for condition in [tag, "W/" + tag, "\"a\", \(tag)", "*"] {
            let again = try await site.ask("GET", path, ["HTTP_IF_NONE_MATCH": condition])
            #expect(again.status == 304, "\(condition)")
            #expect(again.body == "" && again.fields["etag"] == tag)
            #expect(again.fields["cache-control"] == "public, max-age=300")
        }
        for condition in ["\"a\"", "", String(tag.dropLast(2)) + "x\""] {
            #expect(try await site.ask("GET", path, ["HTTP_IF_NONE_MATCH": condition]).status == 200, "\(condition)")
        }
    }
}
