import Foundation
import TestSupport
import Testing

/// spawn-fcgi before nginx, with the files of Examples/hosts/spawn-fcgi.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/spawn-fcgi"), "spawn-fcgi is not installed"))
struct HostSpawnTests {
    /// The script of the example in a folder where it finds settings. Its socket is made in the working folder.
    private static func script(_ folder: URL) throws -> URL {
        let settings = try HostSite.example("spawn-fcgi/gatelodge.yaml", ["/var/lib/gatelodge": "var"])
        try (settings + HostSite.settings).write(
            to: folder.appending(path: "gatelodge.yaml"), atomically: true, encoding: .utf8)
        let text = try HostSite.example(
            "spawn-fcgi/start",
            [
                "-u gatelodge -g gatelodge -U gatelodge -G www-data": "", "/run/gatelodge": "var",
                "/etc/gatelodge": folder.path, "/usr/local/bin/gatelodge": "\"\(Site.binary.path)\"",
            ])
        let script = folder.appending(path: "start")
        try text.write(to: script, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
        return script
    }

    @Test func `nginx before spawn-fcgi serves the contract`() throws {
        let folder = try TemporaryFolder()
        let site = try Site(program: Self.script(folder.url), arguments: ["-n"])
        try HostContract(port: site.port).expectAll()
        site.gatelodge.signal(SIGTERM)
        #expect(site.gatelodge.status() == 0)
    }

    @Test func `spawn-fcgi leaves a process that serves, and a socket for the next one`() throws {
        let folder = try TemporaryFolder()
        let script = try Self.script(folder.url)
        let server = Server(socketPath: folder.url.appending(path: "var/gatelodge.sock").path)
        for round in 1...2 {
            let start = try Child(script, [], folder: folder.url)
            #expect(start.status() == 0, "\(start.text) \(start.errors)")
            let text = try String(contentsOf: folder.url.appending(path: "var/gatelodge.pid"), encoding: .utf8)
            let process = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            defer { kill(process, SIGKILL) }
            if round == 1 { try server.register("vicky") }
            #expect(try server.accepts(server.logIn("vicky").access))
            #expect(try server.ask(.get("/api/posts")).outcome == "401 missing_token")
            #expect(kill(process, SIGTERM) == 0)
            #expect(secondsUntil { ProcessTree.isGone(process) } != nil)
        }
    }
}
