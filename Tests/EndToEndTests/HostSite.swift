import Foundation
import TestSupport

/// A web server that starts Gatelodge itself, with the files of an example, in a folder of its own on a free port.
final class HostSite {
    let folder: URL
    let port: UInt16
    private var server: Child?

    /// As clients see it.
    var contract: HostContract { HostContract(port: port) }

    init() throws {
        folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        for name in ["lib", "run", "var", "www"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        port = try freePort()
    }

    deinit {
        server?.end()
        try? FileManager.default.removeItem(at: folder)  // what is left in the temporary folder hurts nobody
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// What stands in an example's file, with paths of ours for those that it names. Each of them must be there.
    static func example(_ name: String, _ paths: KeyValuePairs<String, String>) throws -> String {
        let file = Site.checkout.appending(path: "Examples/hosts/" + name)
        var text = try String(contentsOf: file, encoding: .utf8)
        for (path, own) in paths {
            guard text.contains(path) else { throw Site.Failure(description: "\(name) does not say \(path)") }
            text.replace(path, with: own)
        }
        return text
    }

    /// Settings for tests, in the form of the file.
    static let settings = "password:\n  cost: 4\n  insecure_cost: true\n  wait: 60s\n"

    /// Writes a file into the folder.
    func write(_ text: String, _ name: String, isProgram: Bool = false) throws {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        if isProgram { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path(name)) }
    }

    /// Copies the program, so that the user of any web server may start it.
    func installProgram(_ name: String) throws {
        try FileManager.default.copyItem(at: Site.binary, to: folder.appending(path: name))
    }

    /// Starts the web server, and waits until it listens.
    func start(_ program: String, _ arguments: [String]) throws {
        let server = try Child(URL(fileURLWithPath: program), arguments, folder: folder)
        self.server = server
        let port = port
        guard server.wait(until: { (try? RawClient(port: port)) != nil }) else {
            throw Site.Failure(description: "\(program) did not start: \(server.text) \(server.errors)")
        }
    }

    /// Ends the web server with SIGTERM, and waits for its end.
    func stop() { server?.end() }
}
