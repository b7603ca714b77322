import Foundation
import TestSupport
import Testing

/// nginx before a socket of systemd's, as the units of Examples/hosts/socket-activation describe it.
@Suite(
    .enabled(
        if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-socket-activate"),
        "systemd-socket-activate is not installed"))
struct HostSocketActivationTests {
    /// The value of a line of a unit.
    private static func value(_ name: String, of unit: String) throws -> String {
        let text = try HostSite.example("socket-activation/" + unit, [:])
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + "=") }
        return String(try #require(line, "\(unit) has no \(name)").dropFirst(name.count + 1))
    }

    @Test func `systemd makes the socket, and nginx finds Gatelodge behind it`() throws {
        let folder = try TemporaryFolder()
        let settings = try HostSite.example(
            "socket-activation/gatelodge.yaml", ["/run/gatelodge": "var", "/var/lib/gatelodge": "var"])
        let file = folder.url.appending(path: "gatelodge.yaml")
        try (settings + HostSite.settings).write(to: file, atomically: true, encoding: .utf8)
        #expect(
            settings.contains(
                try Self.value("ListenStream", of: "gatelodge.socket").replacing("/run/gatelodge", with: "var")))
        let command = try Self.value("ExecStart", of: "gatelodge.service").split(separator: " ").map { word in
            switch word {
            case "/usr/local/bin/gatelodge": Site.binary.path
            case "/etc/gatelodge/gatelodge.yaml": file.path
            default: String(word)
            }
        }
        // systemd's program wants a whole path, and begins Gatelodge's at the first connection.
        let start = #"exec systemd-socket-activate -l "$PWD/var/gatelodge.sock" "$@""#
        let site = try Site(program: URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", start, "sh"] + command)
        try HostContract(port: site.port).expectAll()

        let options = ["--settings", file.path]
        #expect(try CommandResult(["reload"] + options, in: site.folder).status == 0)
        #expect(try CommandResult(["status"] + options, in: site.folder).status == 0)
        #expect(try HostContract(port: site.port).logIn().access.isEmpty == false)
        #expect(try CommandResult(["stop"] + options, in: site.folder).status == 0)
        #expect(site.gatelodge.status() == 0)
        // It is systemd's, which goes on listening.
        #expect(FileManager.default.fileExists(atPath: site.socketPath))
    }
}
