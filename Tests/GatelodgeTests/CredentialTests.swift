import FastCGI
import Gatelodge
import TestSupport
import Testing

/// Where a credential is looked for, and what else is read from requests.
@Suite struct CredentialTests {
    private let site: TestApplication

    init() throws {
        site = try TestApplication()
        site.application.get("/mine", .authenticated) { _, identity in .json(["name": .string(identity.username)]) }
    }

    private func status(_ fields: [String: String]) async throws -> Int {
        try await site.ask("GET", "/mine", fields).status
    }

    @Test(.promise(56)) func `The header wins over the cookie`() async throws {
        let token = try await site.token()
        let value = try await site.cookie()
        let good = "__Host-gatelodge=\(value)"
        let bad = "__Host-gatelodge=\(value.altered)"
        #expect(try await status(["HTTP_COOKIE": good]) == 200)
        #expect(try await status(["HTTP_COOKIE": bad]) == 401)
        #expect(try await status(["HTTP_COOKIE": bad, "HTTP_AUTHORIZATION": token]) == 200)
        #expect(try await status(["HTTP_COOKIE": good, "HTTP_AUTHORIZATION": token.altered]) == 401)
        #expect(try await status(["HTTP_COOKIE": good, "HTTP_AUTHORIZATION": "Bearer"]) == 401)
        #expect(try await status(["HTTP_COOKIE": good, "HTTP_AUTHORIZATION": " "]) == 200)
    }

    @Test func `The cookie is found among others, and by its whole name alone`() async throws {
        _ = try await site.token()
        let value = try await site.cookie()
        for line in ["a=b; NAME=T", "NAME=T;a=b", " NAME = T ", "a; NAME=T; b=", ";;NAME=T;", "NAME=T; NAME=T"] {
            let cookie = line.replacing("NAME", with: "__Host-gatelodge").replacing("T", with: value)
            #expect(try await status(["HTTP_COOKIE": cookie]) == 200, "\(line)")
        }
        for name in [
            "gatelodge", "__host-gatelodge", "__Host-gatelodge2", "x__Host-gatelodge", "__Secure-gatelodge", "",
        ] {
            #expect(try await status(["HTTP_COOKIE": "\(name)=\(value)"]) == 401, "\(name)")
        }
        #expect(try await status(["HTTP_COOKIE": "__Host-gatelodge=\"\(value)\""]) == 401)
        #expect(try await status(["HTTP_COOKIES": "__Host-gatelodge=\(value)"]) == 401)
    }

    @Test(.promise(56, 83)) func `Two cookies that differ are refused, in one field and in two`() async throws {
        _ = try await site.token()
        let value = try await site.cookie()
        let first = "__Host-gatelodge=\(value)"
        #expect(try await status(["HTTP_COOKIE": "\(first); __Host-gatelodge=x"]) == 400)
        #expect(try await status(["HTTP_COOKIE": "__Host-gatelodge=; \(first)"]) == 400)
        func withSecond(_ second: String) async throws -> Int {
            try await site.ask([
                (name: "REQUEST_METHOD", value: "GET"), (name: "SCRIPT_NAME", value: "/mine"),
                (name: "HTTP_COOKIE", value: first), (name: "HTTP_COOKIE", value: second),
            ]).status
        }
        #expect(try await withSecond("a=b") == 200)
        #expect(try await withSecond(first) == 200)
        #expect(try await withSecond("__Host-gatelodge=x") == 400)
    }

    @Test(arguments: [
        ("http", "127.0.0.1", "127.0.0.1:8080", 200), ("http", "::1", "localhost", 200),
        ("http", "127.0.0.1", "[::1]:80", 200),
        ("https", "127.0.0.1", "localhost", 401), ("", "127.0.0.1", "localhost", 401),
        ("http", "192.0.2.1", "localhost", 401), ("http", "127.0.0.1", "id.example", 401),
        ("http", "127.0.0.1", "localhost.evil.example", 401), ("http", "127.0.0.1", "", 401),
        ("http", "127.0.0.1", "127.0.0.1.evil.example", 401), ("http", "127.0.0.1", "127.1", 200),
    ])
    func `Without TLS the cookie has another name, and that only on the machine itself`(
        _ scheme: String, _ address: String, _ host: String, _ expected: Int
    ) async throws {
        _ = try await site.token()
        let value = try await site.cookie()
        let fields = ["REQUEST_SCHEME": scheme, "REMOTE_ADDR": address, "HTTP_HOST": host]
        #expect(try await status(fields.merging(["HTTP_COOKIE": "gatelodge=\(value)"]) { $1 }) == expected)
        #expect(try await status(fields.merging(["HTTP_COOKIE": "__Host-gatelodge=\(value)"]) { $1 }) == 200)
    }

    @Test(
        arguments: [
            ("a=b&c=d", ["a": "b", "c": "d"]), ("a=%41%7a+%2B&b", ["a": "Az +", "b": ""]), ("", [:]),
            ("&&a=b&", ["a": "b"]),
            ("a=b=c", ["a": "b=c"]), ("%61=b", ["a": "b"]), ("a=\u{FC}&b=%C3%BC", ["a": "ü", "b": "ü"]),
            ("=b", ["": "b"]),
            ("a=b&a=b", nil), ("a=b&%61=c", nil), ("a=%", nil), ("a=%4", nil), ("a=%4g", nil), ("a=%00", nil),
            ("a=%0a", nil),
            ("a=%FF", nil), ("a=%C3", nil), ("a=%7f", nil),
        ] as [(String, [String: String]?)])
    func `A form is read strictly`(_ text: String, _ fields: [String: String]?) throws {
        guard let form = try? FormFields(parsing: [UInt8](text.utf8)) else {
            #expect(fields == nil)
            return
        }
        #expect(fields != nil)
        for (name, value) in fields ?? [:] { #expect(form[name] == value) }
        #expect(form["other"] == nil)
    }

    @Test func `A form has at most 32 fields`() throws {
        func form(_ count: Int) -> [UInt8] { [UInt8]((0..<count).map { "a\($0)=b" }.joined(separator: "&").utf8) }
        #expect(try FormFields(parsing: form(32))["a31"] == "b")
        #expect((try? FormFields(parsing: form(33))) == nil)
    }

    @Test func `A form comes in its own content type, and within its size`() async throws {
        site.application.post("/form") { request in .json(["token": .string(try request.form()["token"] ?? "none")]) }
        func send(_ type: String, _ body: String) async throws -> ScenarioReply {
            try await site.ask("POST", "/form", ["CONTENT_TYPE": type], body: body)
        }
        let type = "application/x-www-form-urlencoded"
        #expect(try await send(type, "token=a").body == #"{"token":"a"}"#)
        #expect(try await send("Application/X-WWW-Form-Urlencoded; charset=utf-8", "token=a").status == 200)
        let json = try await send("application/json", "{}")
        #expect(json.status == 415)
        #expect(json.fields["accept"] == type && json.body.contains("the body must be \(type)"))
        #expect(try await send(type, "token=a&token=b").body.contains(#""code":"malformed_form""#))
        #expect(try await send(type, "token=" + String(repeating: "a", count: 16 * 1024)).status == 413)
    }

    @Test(
        arguments: [
            ("Basic c2hvcDpnbHNfYWJj", "shop", "gls_abc"), ("bASIC  c2hvcDpnbHNfYWJj", "shop", "gls_abc"),
            ("Basic c2hvcDphOmI=", "shop", "a:b"), ("Basic c2hvcDo=", "shop", ""),
            ("Basic c2hvcA==", nil, nil), ("Basic OmE=", nil, nil), ("Basic c2hvcDphOmI", nil, nil),
            ("Basic c2hv*DphOmI=", nil, nil),
            ("Basic", nil, nil), ("Basic ", nil, nil), ("Bearer c2hvcDphOmI=", nil, nil),
            ("Basicc2hvcDphOmI=", nil, nil),
            ("Basic c2hvcDphAGI=", nil, nil), ("Basic c2hvcDr/", nil, nil), ("Basic c2hv cDphOmI=", nil, nil),
            ("Basic " + String(repeating: "QUFB", count: 300), nil, nil), ("", nil, nil),
        ] as [(String, String?, String?)])
    func `A service's name and secret are read strictly`(_ field: String, _ name: String?, _ secret: String?) {
        let credentials = BasicCredentials([UInt8](field.utf8)[...])
        #expect(credentials?.name == name)
        #expect(credentials?.secret == secret)
        if let credentials { #expect("\(credentials)" == "shop:<redacted>") }
    }
}
