import Foundation
import TestSupport
import Testing

/// `gatelodge nginx`, and what nginx says to it.
@Suite struct NginxCommandTests {
    private static let closed = ["GATELODGE_REGISTRATION": "closed"]
    private static let fast = ["--hashes-per-second", "1000000"]

    private func text(_ part: String, _ settings: [String: String] = closed) throws -> String {
        let folder = try TemporaryFolder()
        return try CommandResult(["nginx", part] + Self.fast, in: folder.url, settings: settings).output
    }

    /// Whether nginx takes a configuration, and what it says.
    private func check(_ http: String) throws -> (Int32, String) {
        let folder = try TemporaryFolder()
        let paths = ["client_body", "fastcgi", "proxy", "scgi", "uwsgi"].map { "\($0)_temp_path \($0);" }.joined()
        try "pid nginx.pid; events {} http { access_log off; \(paths)\n\(http)\n}".write(
            to: folder.url.appending(path: "nginx.conf"), atomically: true, encoding: .utf8)
        let nginx = try Child(
            URL(fileURLWithPath: "/usr/sbin/nginx"),
            ["-t", "-q", "-e", "stderr", "-p", folder.url.path + "/", "-c", "nginx.conf"], folder: folder.url)
        return (nginx.status(), nginx.errors)
    }

    @Test(arguments: [[:], ["GATELODGE_PREFIX": "/auth/"], ["GATELODGE_SOCKET_PATH": "/tmp/a socket; {x}"]])
    func `nginx accepts every part`(settings: [String: String]) throws {
        let settings = Self.closed.merging(settings) { $1 }
        let http = try text("http", settings)
        let parts = try ["public", "verify", "admin", "status"].map { try text($0, settings) }.joined(separator: "\n")
        let place = "location ^~ /private/ { auth_request /.gatelodge/verify;\n\(try text("protected", settings))\n}"
        let site = "\(http)\n\(try text("limits", settings))\nserver { listen unix:n.sock;\n\(parts)\n\(place)\n}"
        let (status, errors) = try check(site)
        #expect(status == 0, "\(errors)")
        #expect(try check(site.replacing("keepalive 32;", with: "keepalive x;")).0 != 0)
        let all = try text("all", settings).replacing("listen 80;", with: "listen unix:n.sock;")
        let (statusOfAll, errorsOfAll) = try check(all)
        #expect(statusOfAll == 0, "\(errorsOfAll)")
    }

    @Test func `Behind the site that it prints every row of the contract holds`() throws {
        let site = try Site(configuration: { port in
            let text = try text("all", [:])
                .replacing("listen 80;", with: "listen 127.0.0.1:\(port);").replacing("rate=1r/s", with: "rate=1000r/s")
                .replacing(#/unix:\S*var/gatelodge\.sock/#, with: "unix:var/gatelodge.sock")
            let paths = ["client_body", "fastcgi", "proxy", "scgi", "uwsgi"].map { "\($0)_temp_path var/\($0);" }
            return "daemon off; pid var/nginx.pid; events {} http { access_log off; \(paths.joined())\n\(text)\n}"
        })
        let replacements = try site.registerVicky()
        for scenario in EndpointScenario.contract {
            let faults = try site.send(scenario.request.replacing(replacements)).faults(for: scenario)
            #expect(faults == [], "\(scenario.name)")
        }
        #expect(try site.send(.get("/livez")).status == 200)
        #expect(try site.send(.get("/api/admin/users")).status == 401)
    }

    @Test func `Looking at files says what is wrong, and 1 where anything is`() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "site.conf")
        func lint(_ arguments: String...) throws -> CommandResult {
            try CommandResult(["nginx", "--lint"] + arguments, in: folder.url, settings: Self.closed)
        }
        let sound = try CommandResult(["nginx"] + Self.fast, in: folder.url, settings: Self.closed).output
        try sound.write(to: file, atomically: true, encoding: .utf8)
        let good = try lint("site.conf")
        #expect(good.status == 0 && good.text == "nothing found\n", "\(good.text)")
        try sound.replacing("fastcgi_keep_conn on;", with: "").write(to: file, atomically: true, encoding: .utf8)
        let bad = try lint("site.conf")
        #expect(bad.status == 1 && bad.text.contains("warning  nginx_keep_conn_missing  site.conf:"), "\(bad.text)")
        let json = try lint("site.conf", "--json")
        #expect(json.status == 1 && json.text.contains(#""code" : "nginx_keep_conn_missing""#), "\(json.text)")
        let missing = try lint("none.conf")
        #expect(missing.status == 1 && missing.text.contains("nginx_unreadable"))
        for wrong in [["nginx", "--lint"], ["nginx", "nothing"], ["nginx", "http", "public"], ["nginx", "--json"]] {
            #expect(try CommandResult(wrong, in: folder.url).status == 64, "\(wrong)")
        }
    }

    @Test func `Every command of the page does what it says`() throws {
        let folder = try TemporaryFolder()
        let page = try String(contentsOf: Site.checkout.appending(path: "docs/nginx.md"), encoding: .utf8)
        let blocks = page.components(separatedBy: "```sh\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
        let lines = blocks.flatMap { $0.split(separator: "\n").map(String.init) }
        #expect(lines.count > 5)
        for name in ["conf.d", "snippets"] {
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: name), withIntermediateDirectories: true)
        }
        let environment = Site.environment.merging(Self.closed) { $1 }.merging(
            ["PATH": Site.binary.deletingLastPathComponent().path + ":/usr/bin:/bin:/usr/sbin"]) { $1 }
        for line in lines where line.contains("gatelodge") {
            let child = try Child(
                URL(fileURLWithPath: "/bin/sh"), ["-c", line.replacing("/etc/nginx", with: folder.url.path)],
                environment: environment, folder: folder.url)
            #expect(child.status() == 0, "\(line): \(child.errors)\(child.text)")
        }
        let written = try FileManager.default.contentsOfDirectory(atPath: folder.url.appending(path: "snippets").path)
        #expect(written.count > 1)
    }
}
