import Foundation
import TestSupport
import Testing

/// What clients, and a web server that is not ours, may say without harm (rows 75 to 77, 80 and 83 of the security checklist).
@Suite struct HostileRequestTests {
    /// Texts that would become lines, or ends, of a head.
    private static let breaks = [
        "\r\nSet-Cookie: planted=1", "\nSet-Cookie: planted=1", "\rSet-Cookie: planted=1", "\0Set-Cookie: planted=1",
        "%0d%0aSet-Cookie:%20planted=1", "\r\n\r\n<script>planted</script>", "\u{2028}Set-Cookie: planted=1",
        "\u{560A}\u{560D}Set-Cookie: planted=1", "\u{1B}]0;planted\u{7}", "Status: 200 planted",
    ]

    /// Names of the fields in a reply's head; everything behind the first empty line is body.
    private func names(_ output: String) -> Set<String> {
        let head = output.components(separatedBy: "\r\n\r\n")[0]
        return Set(head.components(separatedBy: "\r\n").map { String($0.prefix { $0 != ":" }).lowercased() })
    }

    @Test(.promise(75)) func `Nothing that a client says becomes a line of a reply's head`() throws {
        let site = try Site(["GATELODGE_CORS_ORIGINS": "https://good.example"], withNginx: false)
        let known: Set = [
            "status", "content-type", "cache-control", "x-content-type-options", "www-authenticate", "allow", "vary",
            "x-auth-error", "x-auth-return", "content-length", "access-control-allow-origin",
            "access-control-expose-headers", "retry-after", "accept",
        ]
        let client = try site.server.connect()
        for text in Self.breaks {
            let json = try JSONSerialization.data(withJSONObject: [
                "username": "v" + text, "password": text + "12345678",
            ])
            let header = Data(#"{"alg":"ES256","typ":"at+jwt","kid":"k\#(text)"}"#.utf8).base64EncodedString()
            let requests: [ScenarioRequest] = [
                ScenarioRequest(
                    "POST", "/register", fields: [("Content-Type", "application/json")], body: [UInt8](json)),
                ScenarioRequest("POST", "/login", fields: [("Content-Type", "application/json")], body: [UInt8](json)),
                .get("/api/me", authorization: "Bearer \(header).e30.AA"), .get("/api/me", authorization: text),
                .get("/api/" + text), ScenarioRequest("GET" + text, "/api/me"),
                ScenarioRequest("GET", "/api/me", fields: [("Origin", "https://good.example" + text)]),
                ScenarioRequest("POST", "/login", fields: [("Content-Type", "application/json" + text)], body: [1]),
                ScenarioRequest("GET", "/api/me", fields: [("Cookie", "__Host-gatelodge=" + text), ("Host", text)]),
            ]
            let doors: [[(String, String)]] = [
                [], [("REQUEST_ID", "a" + text)], [("AUTH_SURFACE", "verify"), ("REQUEST_URI", "/a" + text)],
                [("AUTH_SURFACE", "verify" + text)], [("AUTH_SURFACE", "verify"), ("AUTH_ROLE", "a" + text)],
                [("REMOTE_ADDR", "127.0.0.1" + text)],
            ]
            for request in requests {
                for parameters in doors {
                    try client.send(request, parameters: parameters)
                    let output = try #require(try client.receiveReply()).output
                    #expect(names(output).isSubset(of: known), "\(request.method) \(request.path) \(output)")
                    let body = output.components(separatedBy: "\r\n\r\n").dropFirst().joined()
                    #expect(!body.contains("planted") || body.contains("\"error\""), "\(output)")
                }
            }
        }
        try client.send(ScenarioRequest.get("/api/me"))
        #expect(try client.receiveScenarioReply().status == 401)
    }

    @Test(.promise(80))
    func `A request that lacks any parameter, or has strange ones, is answered, and so is the next`() throws {
        let site = try Site(withNginx: false)
        let token = try #require(try site.registerVicky()["token"])
        let client = try site.server.connect()
        let whole = [
            ("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", "/api/posts"), ("QUERY_STRING", ""), ("CONTENT_LENGTH", ""),
            ("CONTENT_TYPE", ""), ("SERVER_PROTOCOL", "HTTP/1.1"), ("REQUEST_SCHEME", "http"),
            ("REMOTE_ADDR", "127.0.0.1"), ("REMOTE_PORT", "1"), ("REQUEST_ID", "a"), ("HTTP_HOST", "localhost"),
            ("HTTP_AUTHORIZATION", token),
        ]
        func status(_ parameters: [(String, String)]) throws -> Int {
            try client.send(Records.begin() + Records.stream(4, Records.pairs(parameters)) + Records.stream(5, []))
            return try client.receiveScenarioReply().status
        }
        #expect(try status(whole) == 200)
        for missing in whole.indices {
            let rest = whole.indices.filter { $0 != missing }.map { whole[$0] }
            let expected =
                ["REQUEST_METHOD": 400, "SCRIPT_NAME": 404, "HTTP_AUTHORIZATION": 401][whole[missing].0] ?? 200
            #expect(try status(rest) == expected, "without \(whole[missing].0)")
        }
        let long = String(repeating: "/a", count: 4000)
        let paths: [[(String, String)]] = [
            [("PATH_INFO", "")], [("PATH_INFO", ""), ("SCRIPT_FILENAME", long + "\n")],
            [("PATH_INFO", long), ("SCRIPT_FILENAME", "")], [("PATH_TRANSLATED", long), ("DOCUMENT_ROOT", long)],
            [("REQUEST_URI", long + "?" + long)], [("REQUEST_URI", "")], [("DOCUMENT_URI", "/\u{0}")],
            [("SCRIPT_NAME", "")], [("SCRIPT_NAME", ""), ("PATH_INFO", "")], [("SCRIPT_NAME", long)],
            [("SCRIPT_NAME", "/api/posts/"), ("PATH_INFO", "/../../..")], [("SCRIPT_NAME", "\u{0}")],
            [("SCRIPT_NAME", "/api/%70osts")], [("SCRIPT_NAME", "//api//posts")],
        ]
        for changes in paths {
            let kept = whole.filter { pair in !changes.contains { $0.0 == pair.0 } }
            let answer = try status(kept + changes)
            #expect([200, 400, 401, 404].contains(answer), "\(changes.map(\.0)): \(answer)")
            #expect(try status(whole) == 200)
        }
        // All of it by the process that began.
        let report = try site.sendPastNginx(
            ScenarioRequest("GET", "/api/me", fields: [("Authorization", token)]))
        #expect(report.status == 200 && !site.gatelodge.errors.contains("Fatal"))
    }

    /// nginx with the configuration that we ship, before an application that says what it was told.
    private func echo() throws -> (Site, Echo.FastCGIApplication) {
        let site = try Site(configuration: { port in
            try String(contentsOf: Site.checkout.appending(path: "nginx/nginx.dev.conf"), encoding: .utf8)
                .replacing("127.0.0.1:8080", with: "127.0.0.1:\(port)").replacing("var/gatelodge.sock", with: "var/e")
        })
        return (site, try Echo.FastCGIApplication(path: site.folder.appending(path: "var/e").path))
    }

    @Test(.promise(77, 83))
    func `A client's Proxy field arrives empty, and a field that is there twice as it is pinned here`() throws {
        let (site, application) = try echo()
        defer { withExtendedLifetime(application) {} }
        func lines(_ fields: [(String, String)]) throws -> [Substring] {
            let reply = try site.send(ScenarioRequest("GET", "/api/me", fields: fields))
            #expect(reply.status == 200, "\(fields) \(reply)")
            return reply.body.split(separator: "\n")
        }
        let proxy = try lines([("Proxy", "http://evil.example"), ("X-Other", "control")])
        #expect(proxy.contains("HTTP_X_OTHER=control") && !proxy.contains { $0.contains("evil") })
        // Each comes as often as it was sent (nginx before 1.23), or joined; never is the last one alone believed.
        for name in ["X-Forwarded-For", "Cookie", "Origin"] {
            let variable = "HTTP_" + name.uppercased().replacing("-", with: "_")
            let both = try lines([(name, "a=1"), (name, "b=2")]).filter { $0.hasPrefix(variable + "=") }
            let values = both.joined(separator: ",")
            #expect(values.contains("a=1") && values.contains("b=2"), "\(both)")
        }
        // What only nginx says has nothing of theirs.
        let forged = try lines([("Auth-Surface", "forged"), ("Remote-Addr", "forged"), ("Script-Name", "forged")])
        #expect(forged.filter { $0.contains("forged") }.allSatisfy { $0.hasPrefix("HTTP_") })
        #expect(forged.contains("REMOTE_ADDR=127.0.0.1") && forged.contains("SCRIPT_NAME=/api/me"))
        let twice = try site.send(
            ScenarioRequest("GET", "/api/me", fields: [("Authorization", "a"), ("Authorization", "b")]))
        #expect(twice.status == 400)
    }

    @Test(.promise(76)) func `nginx refuses a request with two lengths, and no second one is made of its rest`() throws
    {
        let (site, application) = try echo()
        defer { withExtendedLifetime(application) {} }
        func status(_ fields: String, _ body: String) throws -> Int? {
            let request = "POST /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(fields)\r\n\(body)"
            let bytes = try HTTPClient.send([UInt8](request.utf8), port: site.port)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.ranges(of: "HTTP/1.1 ").count == 1, "\(text)")
            return ScenarioReply(parsing: text)?.status
        }
        let rest = "GET /api/planted HTTP/1.1\r\nHost: localhost\r\n\r\n"
        #expect(try status("Content-Length: 5\r\n", "hello") == 200)
        #expect(try status("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + rest) == 400)
        #expect(try status("Content-Length: 5\r\nContent-Length: 6\r\n", "hello") == 400)
        for length in ["-1", "+5", "0x5", "5,5", "9223372036854775808"] {
            #expect(try status("Content-Length: \(length)\r\n", "hello") == 400, "\(length)")
        }
        #expect(try status("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n") != 200)
    }
}
