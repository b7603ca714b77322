import Foundation
import GRDB
import TestSupport
import Testing

/// Gatelodge as the FastCGI authorizer of another web server.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/sbin/lighttpd"), "lighttpd is not installed"))
struct AuthorizerTests {
    /// lighttpd before a site's files and an application of its.
    private static func configuration(_ folder: URL, port: UInt16) -> String {
        """
        server.document-root = "\(folder.path)/files"
        server.bind = "127.0.0.1"
        server.port = \(port)
        server.errorlog = "\(folder.path)/var/lighttpd.log"
        server.modules = ("mod_setenv", "mod_fastcgi")
        $HTTP["url"] =^ "/editors/" { setenv.add-environment = ("AUTH_ROLE" => "editor") }
        $HTTP["url"] =^ "/mistaken/" { setenv.add-environment = ("AUTH_ROLE" => "") }
        fastcgi.server = (
            "/private/" => (("socket" => "\(folder.path)/var/gatelodge.sock", "mode" => "authorizer",
                "check-local" => "disable", "docroot" => "\(folder.path)/files")),
            "/editors/" => (("socket" => "\(folder.path)/var/gatelodge.sock", "mode" => "authorizer",
                "check-local" => "disable", "docroot" => "\(folder.path)/files")),
            "/mistaken/" => (("socket" => "\(folder.path)/var/gatelodge.sock", "mode" => "authorizer",
                "check-local" => "disable", "docroot" => "\(folder.path)/files")),
            ".application" => (("socket" => "\(folder.path)/var/f"))
        )

        """
    }

    @Test func `lighttpd lets nobody pass whom Gatelodge refuses`() throws {
        let site = try Site(withNginx: false)
        let application = try Echo.FastCGIApplication(path: site.folder.appending(path: "var/f").path)
        let port = try freePort()
        for name in ["private", "editors", "mistaken", "open"] {
            let folder = site.folder.appending(path: "files/" + name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            // lighttpd looks for the script after the authorizer has answered.
            for file in ["secret.txt", "a.application"] {
                try "PROTECTED".write(to: folder.appending(path: file), atomically: true, encoding: .utf8)
            }
        }
        let file = site.folder.appending(path: "lighttpd.conf")
        try Self.configuration(site.folder, port: port).write(to: file, atomically: true, encoding: .utf8)
        let lighttpd = try Child(URL(fileURLWithPath: "/usr/sbin/lighttpd"), ["-D", "-f", file.path])
        // It keeps the signals blocked that were when the test started it, so that only this one ends it.
        defer { lighttpd.signal(SIGKILL) }
        try #require(lighttpd.wait { (try? RawClient(port: port)) != nil }, "\(lighttpd.errors)")

        let token = try #require(try site.registerVicky()["token"])
        func send(
            _ method: String, _ path: String, _ token: String?, _ fields: [(String, String)] = [], body: [UInt8] = []
        ) throws -> ScenarioReply {
            let fields = fields + (token.map { [("Authorization", "Bearer " + $0)] } ?? [])
            return try HTTPClient.send(ScenarioRequest(method, path, fields: fields, body: body), port: port)
        }
        #expect(try send("GET", "/open/secret.txt", nil).body == "PROTECTED")
        for _ in 1...3 {
            #expect(try send("GET", "/private/secret.txt", token).body == "PROTECTED")
            let missing = try send("GET", "/private/secret.txt", nil)
            #expect(missing.status == 401 && missing.body.contains(#""code":"missing_token""#))
            #expect(missing.fields["www-authenticate"] == #"Bearer realm="gatelodge""#)
            let altered = try send("GET", "/private/secret.txt", token.altered)
            #expect(altered.status == 401 && !altered.body.contains("PROTECTED"))
        }
        #expect(try send("GET", "/editors/secret.txt", token).status == 403)
        #expect(try send("GET", "/mistaken/secret.txt", token).status == 503)

        // The application is told by variables, which take the place of nothing that a client sent. A body is its own.
        let forged = [("X-Auth-User", "forged"), ("Variable-AUTH_USER", "forged"), ("AUTH_USER", "forged")]
        let reply = try send("POST", "/private/a.application", token, forged, body: [UInt8]("body".utf8))
        let lines = reply.body.split(separator: "\n")
        for line in ["AUTH_USER=vicky", "REMOTE_USER=vicky", "AUTH_ROLES=", "BODY=4"] {
            #expect(lines.count { $0 == line } == 1, "\(line) in \(reply.body)")
        }
        #expect(try send("POST", "/private/a.application", nil, forged, body: [UInt8]("body".utf8)).status == 401)

        site.gatelodge.signal(SIGKILL)
        _ = site.gatelodge.status()
        let down = try send("GET", "/private/secret.txt", token)
        #expect(down.status >= 500 && !down.body.contains("PROTECTED"))
        _ = application
    }
}
