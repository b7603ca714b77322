import Foundation
import TestSupport

/// A real Gatelodge, and where asked for a real nginx before it, in a folder of their own on a free port.
final class Site {
    /// Something did not start, or said no.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let folder: URL
    let port: UInt16
    private(set) var gatelodge: Child
    private var nginx: Child?

    /// As clients see it past nginx.
    var server: Server { Server(socketPath: socketPath) }
    var socketPath: String { folder.appending(path: "var/gatelodge.sock").path }

    /// Settings for tests: the cheapest hash, patience on a machine that tests keep busy, and nothing of the environment's.
    static let environment = [
        "GATELODGE_PASSWORD_COST": "4", "GATELODGE_PASSWORD_INSECURE_COST": "true", "GATELODGE_PASSWORD_WAIT": "60s",
        // Standing back behind everything else, it would stand back behind the other tests.
        "GATELODGE_HASHING_NICE": "0",
        "PATH": "/usr/bin:/bin",
        // They all ask from one address, and far more than people do. Who tries throttling turns it on.
        "GATELODGE_THROTTLE_ENABLED": "false",
    ]

    private var settings: [String: String]
    private let program: URL
    private let arguments: [String]

    /// - Parameters:
    ///   - configuration: nginx's, for its port; that of `make run` where nothing else is given.
    ///   - key: what nginx shows as `AUTH_KEY`.
    ///   - program: another one than `gatelodge serve` that serves on the same socket.
    init(
        _ settings: [String: String] = [:], withNginx: Bool = true,
        configuration: ((_ port: UInt16) throws -> String)? = nil, key: String? = nil, program: URL = Site.binary,
        arguments: [String] = ["serve"]
    ) throws {
        self.settings = settings
        self.program = program
        self.arguments = arguments
        folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "var/nginx"), withIntermediateDirectories: true)
        port = try freePort()
        gatelodge = try Self.start(program, arguments, folder, settings)
        if withNginx { nginx = try startNginx(configuration ?? Self.developmentConfiguration, key: key) }
    }

    deinit {
        nginx?.end()
        gatelodge.end()
        try? FileManager.default.removeItem(at: folder)  // what is left in the temporary folder hurts nobody
    }

    /// Sends a request through nginx.
    func send(_ request: ScenarioRequest) throws -> ScenarioReply {
        try HTTPClient.send(request, port: port)
    }

    /// Sends a request over the socket, past nginx.
    func sendPastNginx(_ request: ScenarioRequest) throws -> ScenarioReply { try server.ask(request) }

    /// Runs a command on the same database.
    func run(_ arguments: String..., input: String = "") throws -> CommandResult {
        try CommandResult(arguments, in: folder, settings: settings, input: input)
    }

    /// Registers `vicky`, logs in, and answers with a token and the same token altered.
    func registerVicky() throws -> [String: String] {
        let vicky = #"{"username":"vicky","password":"vicky@12345"}"#
        _ = try sendPastNginx(.post("/register", vicky))
        guard let token = try sendPastNginx(.post("/login", vicky)).string("token") else {
            throw Failure(description: "vicky cannot log in: \(gatelodge.errors)")
        }
        return ["token": token, "altered": token.altered]
    }

    /// Starts Gatelodge again in the same folder.
    func restart(_ settings: [String: String] = [:]) throws {
        gatelodge.end()
        self.settings = settings
        gatelodge = try Self.start(program, arguments, folder, settings)
    }

    /// Starts a Gatelodge and waits until it listens.
    static func start(
        _ program: URL, _ arguments: [String], _ folder: URL, _ settings: [String: String]
    ) throws -> Child {
        let environment = environment.merging(settings) { $1 }
        let child = try Child(program, arguments, environment: environment, folder: folder)
        let path = folder.appending(path: settings["GATELODGE_SOCKET_PATH"] ?? "var/gatelodge.sock").path
        // The socket is there before the worker is; what it answers says no more than that it does.
        let answers = { () throws -> Bool in
            let client = try RawClient(path: path)
            try client.send(Records.request("GET", "/api/posts"))
            return try client.receiveReply() != nil
        }
        guard child.wait(until: { (try? answers()) == true }) else {
            throw Failure(description: "gatelodge did not start: \(child.errors)")
        }
        return child
    }

    private static func developmentConfiguration(_ port: UInt16) throws -> String {
        try String(contentsOf: checkout.appending(path: "nginx/nginx.dev.conf"), encoding: .utf8)
            .replacing("127.0.0.1:8080", with: "127.0.0.1:\(port)")
    }

    private func startNginx(_ configuration: (UInt16) throws -> String, key: String?) throws -> Child {
        let site = folder.appending(path: "var/nginx")
        try FileManager.default.copyItem(
            at: Self.checkout.appending(path: "nginx"), to: site.appending(path: "gatelodge"))
        if let key {
            try "fastcgi_param AUTH_KEY \"\(key)\";".write(
                to: site.appending(path: "gatelodge/gatelodge-key.conf"), atomically: true, encoding: .utf8)
        }
        try configuration(port).write(to: site.appending(path: "nginx.conf"), atomically: true, encoding: .utf8)
        var arguments = ["-e", "stderr", "-p", folder.path + "/", "-c", "var/nginx/nginx.conf"]
        if geteuid() == 0 { arguments += ["-g", "user root;"] }
        let child = try Child(URL(fileURLWithPath: "/usr/sbin/nginx"), arguments, folder: folder)
        let port = port
        guard child.wait(until: { (try? RawClient(port: port)) != nil }) else {
            throw Failure(description: "nginx did not start: \(child.errors)")
        }
        return child
    }

    /// The binary that was built with these tests.
    static let binary = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "gatelodge")

    /// The checkout.
    static let checkout = URL(fileURLWithPath: #filePath)  // Tests/EndToEndTests/Site.swift
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

/// A port that nobody listens on now.
func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = unsafe withUnsafeMutableBytes(of: &address) { bytes in
        let pointer = unsafe bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
        return unsafe bind(descriptor, pointer, length) == 0 ? getsockname(descriptor, pointer, &length) : -1
    }
    guard result == 0 else { throw Site.Failure(description: "no free port") }
    return UInt16(bigEndian: address.sin_port)
}
