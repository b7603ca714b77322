import Foundation
import GatelodgeCommand
import TestSupport
import Testing

@Suite struct NginxExaminerTests {
    /// A change of the sound configuration, what is found then, and where.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let code: String
        let old: String
        let new: String
        /// Text of the line that is named.
        let place: String
        var severity = Finding.Severity.error
        var expected = NginxExpectations()

        var testDescription: String { "\(code): \(new)" }
    }

    static let mistakes: [Mistake] = [
        Mistake(
            code: "nginx_upstream_missing", old: "upstream gatelodge {", new: "upstream other {", place: "fastcgi_pass"),
        Mistake(
            code: "nginx_keepalive_missing", old: "keepalive 32;", new: "", place: "upstream gatelodge",
            severity: .warning),
        Mistake(
            code: "nginx_backup_missing", old: "max_fails=0 backup;", new: "max_fails=0;", place: "upstream gatelodge",
            severity: .warning),
        Mistake(
            code: "nginx_max_fails", old: "max_fails=0 backup;", new: "backup;", place: "sock backup;",
            severity: .warning),
        Mistake(
            code: "nginx_client_decides", old: "fastcgi_param REQUEST_METHOD $request_method;",
            new: "fastcgi_param REMOTE_ADDR $http_x_forwarded_for;", place: "REMOTE_ADDR"),
        Mistake(
            code: "nginx_client_decides", old: "fastcgi_param AUTH_SURFACE verify;",
            new: "fastcgi_param AUTH_SURFACE verify; fastcgi_param AUTH_ROLE ${arg_role};", place: "AUTH_ROLE"),
        Mistake(
            code: "nginx_raw_path", old: "fastcgi_param REQUEST_METHOD $request_method;",
            new: "fastcgi_param SCRIPT_NAME $request_uri;", place: "SCRIPT_NAME"),
        Mistake(
            code: "nginx_upstream_unused", old: "fastcgi_pass gatelodge;",
            new: "fastcgi_pass unix:/run/gatelodge/gatelodge.sock;", place: "fastcgi_pass unix", severity: .warning),
        Mistake(
            code: "nginx_keep_conn_missing", old: "fastcgi_keep_conn on;", new: "", place: "fastcgi_pass",
            severity: .warning),
        Mistake(
            code: "nginx_keep_conn_missing", old: "fastcgi_keep_conn on;", new: "fastcgi_keep_conn off;",
            place: "fastcgi_pass", severity: .warning),
        Mistake(
            code: "nginx_socket_differs", old: "unix:/run/gatelodge/gatelodge.sock", new: "unix:/run/gatelodge.sock",
            place: "upstream gatelodge", expected: NginxExpectations(socketPath: "/run/gatelodge/gatelodge.sock")),
        Mistake(
            code: "nginx_proxy_field", old: #"fastcgi_param HTTP_PROXY "";"#, new: "", place: "fastcgi_pass",
            severity: .warning),
        Mistake(
            code: "nginx_key_missing", old: "user www-data;", new: "user www-data;", place: "fastcgi_pass",
            expected: NginxExpectations(needsKey: true)),
        Mistake(
            code: "nginx_key_unused", old: #"fastcgi_param HTTP_PROXY "";"#,
            new: #"fastcgi_param HTTP_PROXY ""; fastcgi_param AUTH_KEY "secret";"#, place: "fastcgi_pass",
            severity: .warning, expected: NginxExpectations(needsKey: false)),
        Mistake(
            code: "nginx_non_idempotent", old: "fastcgi_next_upstream error;",
            new: "fastcgi_next_upstream error timeout non_idempotent;", place: "non_idempotent"),
        Mistake(
            code: "nginx_non_idempotent", old: "upstream gatelodge {",
            new: "fastcgi_next_upstream non_idempotent; upstream gatelodge {", place: "non_idempotent"),
        Mistake(code: "nginx_cache", old: "server {", new: "server { fastcgi_cache verdicts;", place: "fastcgi_cache"),
        Mistake(code: "nginx_cache", old: "internal;", new: "internal; fastcgi_store on;", place: "fastcgi_store"),
        Mistake(
            code: "nginx_verify_public", old: "internal;", new: "", place: "location = /verify", severity: .warning),
        Mistake(code: "nginx_verify_body", old: "fastcgi_pass_request_body off;", new: "", place: "location = /verify"),
        Mistake(
            code: "nginx_verify_body", old: #"fastcgi_param CONTENT_LENGTH "";"#, new: "", place: "location = /verify"),
        Mistake(
            code: "nginx_error_page_passes", old: "error_page 500 = @down;", new: "error_page 502 =200 /sorry.html;",
            place: "error_page"),
        Mistake(
            code: "nginx_verify_everybody", old: "user www-data;", new: "user www-data;", place: "location = /verify",
            severity: .warning, expected: NginxExpectations(registrationIsOpen: true)),
        Mistake(
            code: "nginx_return_bypasses", old: "proxy_pass http://127.0.0.1:9000;", new: "return 200 secret;",
            place: "return 200 secret"),
        Mistake(
            code: "nginx_return_bypasses", old: "proxy_pass http://127.0.0.1:9000;",
            new: "rewrite ^ https://example.org/ permanent;", place: "rewrite"),
        Mistake(
            code: "nginx_return_bypasses", old: "server {", new: "server { auth_request /verify;",
            place: "return 200 \"ok\"", severity: .warning),
        Mistake(
            code: "nginx_door_missing", old: "auth_request /verify;", new: "auth_request /elsewhere;",
            place: "auth_request"),
    ]

    @Test(arguments: mistakes)
    func `A mistake is found once, where it stands, with a remedy`(_ mistake: Mistake) throws {
        let text = soundNginx.replacing(mistake.old, with: mistake.new)
        let found = try examine(text, mistake.expected).filter { $0.code == mistake.code }
        let first = try #require(found.first)
        #expect(first.severity == mistake.severity)
        let lines = found.compactMap { $0.place }.map {
            text.components(separatedBy: "\n")[Int($0.split(separator: ":")[1])! - 1]
        }
        #expect(lines.allSatisfy { $0.contains(mistake.place) })
        #expect(first.sentence.hasSuffix(".") && !first.remedy.isEmpty)
        #expect(Set(found).count == found.count)
        // Without the change and the expectation there is nothing.
        #expect(try examine(soundNginx) == [])
    }

    @Test func `What goes together with the settings gives no finding`() throws {
        let socket = "/run/gatelodge/gatelodge.sock"
        #expect(try examine(soundNginx, NginxExpectations(socketPath: socket, needsKey: false)) == [])
        #expect(try examine(soundNginx, NginxExpectations(socketPath: "/var" + socket)) == [])
        let withRole = soundNginx.replacing(
            "AUTH_SURFACE verify;", with: "AUTH_SURFACE verify; fastcgi_param AUTH_ROLE editor;")
        #expect(try examine(withRole, NginxExpectations(registrationIsOpen: true)) == [])
    }

    @Test(arguments: ["return 405;", "return 444;", "if ($request_method = POST) { return 405; }"])
    func `What refuses bypasses nothing`(line: String) throws {
        #expect(try examine(soundNginx.replacing("auth_request /verify;", with: "auth_request /verify; \(line)")) == [])
    }

    @Test func `Another application's FastCGI is not ours to judge`() throws {
        let php = "location ~ \\.php$ { fastcgi_pass unix:/run/php/php-fpm.sock; fastcgi_cache pages; }"
        #expect(try examine(soundNginx.replacing("location @down", with: "\(php) location @down")) == [])
    }

    @Test func `The configuration that is shipped has none of the mistakes`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "nginx")
        func read(_ name: String) throws -> String {
            try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".conf") {
            files["/etc/nginx/gatelodge/\(name)"] = try read(name)
        }
        let expected = NginxExpectations(socketPath: "/run/gatelodge/gatelodge.sock", needsKey: false)
        #expect(try examine(try read("nginx.dev.conf"), including: files) == [])
        for surface in ["gatelodge.conf", "gatelodge-auth-prefix.conf"] {
            let site = """
                http {
                    include gatelodge/gatelodge-upstream.conf;
                    server {
                        include gatelodge/\(surface);
                        include gatelodge/gatelodge-admin.conf;
                        include gatelodge/auth_request.conf;
                        location ^~ /private/ {
                            auth_request /.gatelodge/verify;
                            include gatelodge/auth_request-location.conf;
                            fastcgi_pass unix:/run/php/php-fpm.sock;
                            include gatelodge/auth_request-fastcgi.conf;
                        }
                    }
                }
                """
            #expect(try examine(site, expected, including: files) == [])
            let codes = try examine(
                site, NginxExpectations(needsKey: true, registrationIsOpen: true), including: files
            ).map(\.code)
            #expect(Set(codes) == ["nginx_key_missing", "nginx_verify_everybody"])
        }
    }
}
