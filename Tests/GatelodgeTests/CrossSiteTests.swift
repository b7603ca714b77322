import FastCGI
import Gatelodge
import TestSupport
import Testing

/// What pages of other sites may make a browser do.
@Suite struct CrossSiteTests {
    private let site: TestApplication

    init() throws {
        site = try TestApplication { settings, _ in
            settings.cors.origins = ["https://app.example", "http://localhost:3000"].compactMap { WebOrigin($0) }
        }
        site.application.post("/open") { _ in .json(["done": true]) }
        site.application.get("/open") { _ in .json(["done": false]) }
        site.application.post("/mine", .authenticated) { _, identity in .json(["name": .string(identity.username)]) }
        site.application.get("/mine", .authenticated) { _, identity in .json(["name": .string(identity.username)]) }
    }

    /// What a browser says, and what is answered where nothing else or a token is shown, and where the cookie is.
    static let rows: [(fields: [String: String], status: Int, cookieStatus: Int)] = [
        ([:], 200, 403),
        (["HTTP_SEC_FETCH_SITE": "same-origin"], 200, 200),
        (["HTTP_SEC_FETCH_SITE": "none"], 200, 200),
        (["HTTP_SEC_FETCH_SITE": "same-site"], 403, 403),
        (["HTTP_SEC_FETCH_SITE": "cross-site"], 403, 403),
        (["HTTP_SEC_FETCH_SITE": "Same-Origin"], 403, 403),
        (["HTTP_SEC_FETCH_SITE": ""], 403, 403),
        (["HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "https://app.example"], 200, 200),
        (["HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "https://id.example"], 200, 200),
        (["HTTP_SEC_FETCH_SITE": "same-site", "HTTP_ORIGIN": "https://www.id.example"], 403, 403),
        (["HTTP_ORIGIN": "https://id.example"], 200, 200),
        (["HTTP_ORIGIN": "https://ID.example:443"], 200, 200),
        (["HTTP_ORIGIN": "http://localhost:3000"], 200, 200),
        (["HTTP_ORIGIN": "http://localhost:3001"], 403, 403),
        (["HTTP_ORIGIN": "http://localhost"], 403, 403),
        (["HTTP_ORIGIN": "http://app.example"], 403, 403),
        (["HTTP_ORIGIN": "http://id.example"], 403, 403),
        (["HTTP_ORIGIN": "https://id.example:444"], 403, 403),
        (["HTTP_ORIGIN": "https://evil.example"], 403, 403),
        (["HTTP_ORIGIN": "https://id.example.evil.example"], 403, 403),
        (["HTTP_ORIGIN": "https://evil-id.example"], 403, 403),
        (["HTTP_ORIGIN": "https://id.example/"], 403, 403),
        (["HTTP_ORIGIN": "https://id.example@evil.example"], 403, 403),
        (["HTTP_ORIGIN": "https://id.example https://evil.example"], 403, 403),
        (["HTTP_ORIGIN": "id.example"], 403, 403),
        (["HTTP_ORIGIN": "ftp://id.example"], 403, 403),
        (["HTTP_ORIGIN": "null"], 403, 403),
        (["HTTP_ORIGIN": ""], 403, 403),
    ]

    @Test(.promise(29), arguments: rows) func `Only pages of this site may change something`(
        _ fields: [String: String], _ status: Int, _ cookieStatus: Int
    ) async throws {
        let token = try await site.token()
        let own = fields.merging(["HTTP_HOST": "id.example", "REQUEST_SCHEME": "https"]) { $1 }
        let value = try await site.cookie()
        let cookie = own.merging(["HTTP_COOKIE": "a=b; __Host-gatelodge=\(value); c=d"]) { $1 }
        let bearer = own.merging(["HTTP_AUTHORIZATION": token]) { $1 }
        let open = try await site.ask("POST", "/open", own)
        #expect(open.status == status)
        if status == 403 { #expect(open.body.contains(#""code":"cross_site""#)) }
        #expect(try await site.ask("POST", "/mine", bearer).status == status)
        #expect(try await site.ask("POST", "/mine", cookie).status == cookieStatus)
        // What changes nothing may be asked from anywhere: its reply is not for the page to read.
        #expect(try await site.ask("GET", "/open", own).status == 200)
        #expect(try await site.ask("GET", "/mine", cookie).body == #"{"name":"vicky"}"#)
        // The door protects the applications behind it likewise. A token is never sent by itself.
        let verify = ["AUTH_SURFACE": "verify"]
        #expect(try await site.ask("POST", "/x", cookie.merging(verify) { $1 }).status == cookieStatus)
        #expect(try await site.ask("POST", "/x", bearer.merging(verify) { $1 }).status == 200)
        #expect(try await site.ask("GET", "/x", cookie.merging(verify) { $1 }).status == 200)
        let socket = cookie.merging(["HTTP_UPGRADE": "websocket", "AUTH_SURFACE": "verify"]) { $1 }
        #expect(try await site.ask("GET", "/x", socket).status == cookieStatus)
    }

    @Test(
        .promise(29),
        arguments: [
            ("127.0.0.1:8080", "http://127.0.0.1:8080", 200), ("127.0.0.1:8080", "http://127.0.0.1", 403),
            ("[::1]:8080", "http://[::1]:8080", 200), ("[::1]", "http://[::1]:80", 200),
            ("a.example:80", "http://a.example", 200),
            // A proxy before nginx that ends TLS: nginx sees plain HTTP.
            ("a.example", "https://a.example", 200), ("a.example:443", "https://a.example", 200), ("", "http://", 403),
            ("a.example:0", "http://a.example:0", 403), ("a.example:99999", "http://a.example:99999", 403),
        ])
    func `A host is compared with its port`(_ host: String, _ origin: String, _ status: Int) async throws {
        let fields = ["HTTP_HOST": host, "HTTP_ORIGIN": origin, "REQUEST_SCHEME": "http"]
        #expect(try await site.ask("POST", "/open", fields).status == status)
    }

    @Test func `A page of an allowed origin may read the reply, and ask with other methods`() async throws {
        let allowed = ["HTTP_ORIGIN": "https://app.example", "HTTP_HOST": "id.example"]
        let foreign = ["HTTP_ORIGIN": "https://evil.example", "HTTP_HOST": "id.example"]
        let reply = try await site.ask("POST", "/open", allowed)
        #expect(reply.fields["access-control-allow-origin"] == "https://app.example")
        #expect(reply.fields["access-control-allow-credentials"] == nil)
        #expect(reply.fields["vary"] == "Origin")
        for method in ["GET", "POST"] {
            let refused = try await site.ask(method, "/open", foreign)
            #expect(refused.fields["access-control-allow-origin"] == nil)
            #expect(refused.fields["vary"] == "Origin")
        }
        let ask = ["HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"]
        let preflight = try await site.ask("OPTIONS", "/open", allowed.merging(ask) { $1 })
        #expect(preflight.status == 204)
        #expect(preflight.fields["access-control-allow-origin"] == "https://app.example")
        #expect(preflight.fields["access-control-allow-methods"] == "GET, HEAD, OPTIONS, POST")
        #expect(preflight.fields["access-control-allow-headers"] == "Authorization, Content-Type")
        let refused = try await site.ask("OPTIONS", "/open", foreign.merging(ask) { $1 })
        #expect(refused.status == 204)
        #expect(!refused.fields.keys.contains { $0.hasPrefix("access-control-") })
    }

    @Test func `Without the setting no reply speaks of other origins`() async throws {
        let site = try TestApplication()
        site.application.get("/open") { _ in .json(["done": false]) }
        let reply = try await site.ask("GET", "/open", ["HTTP_ORIGIN": "https://app.example"])
        #expect(reply.status == 200)
        #expect(!reply.fields.keys.contains { $0.hasPrefix("access-control-") || $0 == "vary" })
    }

    @Test(
        arguments: [
            ("https://app.example", ["https://app.example"]),
            ("https://App.example:443  http://localhost:3000", ["https://app.example", "http://localhost:3000"]),
            ("*", nil), ("null", nil), ("app.example", nil), ("https://app.example/", nil),
            ("https://a.example,https://b.example", nil), ("https://*.example", nil), ("ftp://a.example", nil),
        ] as [(String, [String]?)])
    func `Origins are named one by one`(_ text: String, _ origins: [String]?) throws {
        let folder = try ScratchFolder()
        let file = try folder.write("cors:\n  origins: \"\(text)\"\n", to: "a.yaml")
        let settings = try? Settings.load(file: file, environment: .values([:]))
        #expect(settings?.cors.origins.map(\.description) == origins)
    }
}
