import Embedded
import Foundation
import GatelodgeCommand
import TestSupport
import Testing

@Suite struct NginxWriterTests {
    private static let socket = "/run/gatelodge/gatelodge.sock"
    private static let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "nginx")
    private static let key = [
        "/etc/nginx/gatelodge/gatelodge-key[.]conf": "fastcgi_param AUTH_KEY \"a key of the test\";"
    ]

    private static func writer(
        _ prefix: String = "/api/", key: Bool = false, socket: String = socket, hashes: Double = 50
    ) -> NginxWriter {
        NginxWriter(socketPath: socket, prefix: prefix, needsKey: key, hashesPerSecond: hashes)
    }

    /// A whole configuration with everything in it, and a place that the door protects.
    private static func site(_ writer: NginxWriter) -> String {
        let place = "location ^~ /private/ { auth_request /.gatelodge/verify;\n\(writer.text(of: .protected)) }"
        return "http {\n" + writer.text(of: .all).replacing("listen 80;", with: "listen 80;\n\(place)") + "}"
    }

    private static func expectations(_ writer: NginxWriter) -> NginxExpectations {
        NginxExpectations(socketPath: writer.socketPath, needsKey: writer.needsKey)
    }

    @Test(arguments: ["/api/", "/auth/", "/a.b/c~d/", "/"], [false, true])
    func `In what is printed nothing is found`(prefix: String, key: Bool) throws {
        let writer = Self.writer(prefix, key: key)
        let text = Self.site(writer)
        #expect(try examine(text, Self.expectations(writer), including: key ? Self.key : [:]) == [])
        #expect(text.contains("location ^~ \(prefix) {") && text.contains("location ^~ \(prefix)admin/ {"))
        // Everything that is included stands there, but for the key.
        let includes = text.matches(of: /\n *(?:include [^;]*;)/).map { $0.output.drop { $0 != "i" } }
        #expect(Set(includes) == (key ? ["include gatelodge/gatelodge-key[.]conf;"] : []))
        if prefix != "/api/" { #expect(!text.contains("/api") && !text.contains("(?:api")) }
        // What is looked for is found.
        if key { #expect(try examine(text, Self.expectations(writer)).map(\.code).contains("nginx_key_missing")) }
    }

    /// Each known mistake, put into what is printed.
    static let mistakes: [(code: String, old: String, new: String)] = [
        ("nginx_upstream_missing", "upstream gatelodge {", "upstream other {"),
        ("nginx_upstream_unused", "fastcgi_pass gatelodge;", "fastcgi_pass unix:\(socket);"),
        ("nginx_keepalive_missing", "keepalive 32;", ""),
        ("nginx_keep_conn_missing", "fastcgi_keep_conn on;", ""),
        ("nginx_backup_missing", "max_fails=0 backup;", "max_fails=0;"),
        ("nginx_max_fails", "sock max_fails=0;", "sock;"),
        ("nginx_socket_differs", "unix:\(socket)", "unix:/run/other.sock"),
        ("nginx_non_idempotent", "fastcgi_next_upstream error;", "fastcgi_next_upstream error non_idempotent;"),
        ("nginx_cache", "fastcgi_cache off;", "fastcgi_cache verdicts;"),
        ("nginx_proxy_field", #"fastcgi_param HTTP_PROXY "";"#, ""),
        ("nginx_raw_path", "fastcgi_param SCRIPT_NAME $document_uri;", "fastcgi_param SCRIPT_NAME $request_uri;"),
        ("nginx_client_decides", "REMOTE_ADDR $remote_addr;", "REMOTE_ADDR $http_x_forwarded_for;"),
        ("nginx_key_unused", "fastcgi_keep_conn on;", "fastcgi_keep_conn on; fastcgi_param AUTH_KEY secret;"),
        ("nginx_door_missing", "location = /.gatelodge/verify {", "location = /.gatelodge/other {"),
        ("nginx_return_bypasses", "auth_request /.gatelodge/verify;", "auth_request /.gatelodge/verify; return 200 x;"),
        ("nginx_verify_public", "internal;", ""),
        ("nginx_verify_body", "fastcgi_pass_request_body off;", ""),
        ("nginx_verify_body", #"fastcgi_param CONTENT_LENGTH "";"#, ""),
        (
            "nginx_error_page_passes", "error_page 500 502 503 504 = @gatelodge_door_unavailable;",
            "error_page 502 =200 /sorry.html;"
        ),
    ]

    @Test(arguments: mistakes)
    func `Each known mistake in what is printed is found`(_ code: String, _ old: String, _ new: String) throws {
        let writer = Self.writer()
        let text = Self.site(writer)
        #expect(text.contains(old))
        let found = try examine(text.replacing(old, with: new), Self.expectations(writer))
        #expect(found.map(\.code).contains(code), "\(found)")
    }

    @Test func `The limits follow from the machine`() {
        #expect(Self.writer(hashes: 890).text(of: .limits).contains("rate=89r/s;"))
        #expect(Self.writer(hashes: 890).text(of: .limits).contains("zone=gatelodge_logins burst=890 nodelay;"))
        #expect(Self.writer(hashes: 3).text(of: .limits).contains("rate=1r/s;"))
        #expect(Self.writer("/a.b/").text(of: .limits).contains(#"~^/(?:a\.b/)?login$"#))
    }

    @Test(arguments: ["/tmp/with space", #"/tmp/a"b\c"#, "/tmp/a;b", "/tmp/{x}"])
    func `A path that nginx would read otherwise is quoted`(path: String) throws {
        let writer = Self.writer(socket: path)
        #expect(try examine(Self.site(writer), Self.expectations(writer)) == [])
    }

    @Test func `The program holds the files that stand in nginx`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.shipped.path).filter {
            $0.hasSuffix(".conf")
        }
        let notPrinted: Set = ["nginx.dev.conf", "realip.conf"]
        #expect(names.count > notPrinted.count)
        // Pages are files beside the configuration, which is included where they are.
        for name in names where !notPrinted.contains(name) && !name.contains("-pages") {
            let text = try String(contentsOf: Self.shipped.appending(path: name), encoding: .utf8)
            #expect(EmbeddedFile.nginx(name) == text, "\(name)")
        }
    }

    @Test func `What is printed of an ordinary instance says what the files say`() throws {
        let text = NginxPart.allCases.map { Self.writer().text(of: $0) }.joined()
        let files = [
            "gatelodge-upstream", "auth_request-http", "limits", "gatelodge", "gatelodge-pass", "gatelodge-errors",
            "auth_request", "auth_request-verify", "auth_request-location", "gatelodge-admin", "gatelodge-status",
            "gatelodge-status-pass",
        ]
        for file in files {
            let lines = try #require(EmbeddedFile.nginx("\(file).conf")).split(separator: "\n").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            // One that includes something has that in its place.
            for line in lines where !line.hasPrefix("#") && !line.contains("include ") && !line.contains("(?:api") {
                #expect(text.contains(line), "\(file): \(line)")
            }
        }
    }
}
