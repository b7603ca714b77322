import Foundation
import GRDB
import TestSupport

/// Several Gatelodges on one database, each with a socket of its own.
final class Cluster {
    let folder: URL
    let servers: [Server]
    let processes: [Child]
    private let settings: [String: String]

    /// - Parameter own: what one of them has beside the settings of all.
    init(_ count: Int = 3, _ settings: [String: String] = [:], own: [Int: [String: String]] = [:]) throws {
        // They all ask from one address, and far more than people do.
        let settings = ["GATELODGE_THROTTLE_REGISTRATIONS": "3600"].merging(settings) { $1 }
        self.settings = settings
        folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder.appending(path: "var"), withIntermediateDirectories: true)
        var servers: [Server] = []
        var processes: [Child] = []
        for index in 0..<count {
            let path = "var/\(index).sock"
            let all = settings.merging(own[index] ?? [:]) { $1 }.merging(["GATELODGE_SOCKET_PATH": path]) { $1 }
            processes.append(try Site.start(Site.binary, ["serve"], folder, all))
            servers.append(Server(socketPath: folder.appending(path: path).path))
        }
        self.servers = servers
        self.processes = processes
    }

    deinit {
        for process in processes { process.end() }
        try? FileManager.default.removeItem(at: folder)  // what is left in the temporary folder hurts nobody
    }

    /// Reads from the database.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        var configuration = Configuration()
        configuration.readonly = true
        let path = folder.appending(path: "var/gatelodge.db").path
        return try DatabaseQueue(path: path, configuration: configuration).read(body)
    }

    /// Runs a command on the same database.
    func run(_ arguments: String..., input: String = "") throws -> CommandResult {
        try CommandResult(arguments, in: folder, settings: settings, input: input)
    }

    /// Begins to.
    func start(_ arguments: String...) throws -> Child {
        try Child(
            Site.binary, arguments, environment: Site.environment.merging(settings) { $1 }, folder: folder)
    }
}
