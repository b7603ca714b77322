import Foundation
import TestSupport
import Testing

/// What every process of ours gives up before it reads a secret.
@Suite struct ConfinementTests {
    /// Runs a program as a group that is not root's, which ``ProcessFacts`` needs, and with core files allowed.
    private static let shell = URL(fileURLWithPath: "/bin/sh")

    private static func wrapped(_ arguments: [String]) -> [String] {
        let program = geteuid() == 0 ? #"setpriv --regid 4711 --clear-groups "$@""# : #""$@""#
        return ["-c", "ulimit -c unlimited; exec \(program)", "sh"] + arguments
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func isConfined(_ processID: Int32) -> Bool {
        secondsUntil { ProcessFacts(processID: processID).isConfined } != nil
    }

    /// Starts a program that waits for its input, of which it gets none until the end.
    private func withWaiting(
        _ arguments: [String], environment: [String: String] = [:], _ body: (Int32) throws -> Void
    ) throws {
        var ends: [Int32] = [0, 0]
        try #require(unsafe pipe(&ends) == 0)
        let child = try Child(
            Self.shell, Self.wrapped(arguments), environment: Site.environment.merging(environment) { $1 },
            folder: folder.url, standardInput: ends[0])
        defer {
            close(ends[1])
            child.end()
        }
        try body(child.processID)
    }

    @Test(.promise(71)) func `Supervisor, worker and hasher are confined, also after a reload`() throws {
        let site = try Site(
            withNginx: false, program: Self.shell, arguments: Self.wrapped([Site.binary.path, "serve"]))
        let tree = ProcessTree(processID: site.gatelodge.processID)
        let first = try #require(tree.workers.first)
        #expect(tree.children.count == 2)
        for process in [site.gatelodge.processID] + tree.children { #expect(isConfined(process)) }
        #expect(try site.run("reload").status == 0)
        let second = try #require(tree.workers.first { $0 != first })
        #expect(isConfined(second))
    }

    @Test(.promise(71)) func `A worker that another program starts is confined`() throws {
        let path = folder.url.appending(path: "handed").path
        let child = try Child(
            Self.shell, Self.wrapped([Site.binary.path, "worker"]), environment: Site.environment, folder: folder.url,
            standardInput: try ListeningDescriptor.make(path: path))
        defer { child.end() }
        #expect(isConfined(child.processID))
    }

    @Test(.promise(71)) func `A CGI process is confined`() throws {
        let request = ScenarioRequest.post("/api/login", #"{"username":"vicky","password":"vicky@12345"}"#)
        var environment = ["GATEWAY_INTERFACE": "CGI/1.1"]
        for (name, value) in request.parameters { environment[name] = value }
        try withWaiting([Site.binary.path], environment: environment) { #expect(isConfined($0)) }
    }

    @Test(
        .promise(71),
        arguments: [["user", "add", "vicky"], ["password", "hash"], ["key", "import", "--algorithm", "ES256"]])
    func `A command that reads a secret is confined`(_ arguments: [String]) throws {
        try withWaiting([Site.binary.path] + arguments) { #expect(isConfined($0)) }
    }

    @Test func `Another program is not confined`() throws {
        try withWaiting(["/bin/cat"]) { process in
            #expect(secondsUntil { ProcessTree.name(process) == "cat" } != nil)
            #expect(!ProcessFacts(processID: process).isConfined)
        }
    }
}
