import Foundation
import TestSupport
import Testing

/// The process that hashes for `gatelodge serve`.
@Suite struct HasherTests {
    private let vicky = #"{"username":"vicky","password":"vicky@12345"}"#

    @Test func `It is a process of its own session and scheduling group that holds nothing`() throws {
        let site = try Site(
            ["GATELODGE_HASHING_NICE": "7", "GATELODGE_JWT_SECRET": "a test secret: 8fK2-qLm7-xyzzy-7731"],
            withNginx: false)
        _ = try site.registerVicky()
        let hasher = try #require(ProcessTree(processID: site.gatelodge.processID).hasher)
        #expect(getsid(hasher) == hasher)
        let group = try String(contentsOfFile: "/proc/\(hasher)/autogroup", encoding: .utf8)
        let isOffered = try String(contentsOfFile: "/proc/sys/kernel/sched_autogroup_enabled", encoding: .utf8) == "1\n"
        #expect(group.contains("nice 7") == isOffered || site.gatelodge.errors.contains("no scheduling group"))
        // It cannot be looked into but by root.
        let names = geteuid() == 0 ? try FileManager.default.contentsOfDirectory(atPath: "/proc/\(hasher)/fd") : []
        for name in names {
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(hasher)/fd/\(name)")
            #expect(!target.contains("gatelodge.db") && !target.contains("gatelodge.sock"), "\(target)")
        }
        if geteuid() == 0 {
            let environment = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(hasher)/environ"))
            #expect(environment.range(of: Data("GATELODGE".utf8)) == nil)
        } else {
            #expect(throws: (any Error).self) { try Data(contentsOf: URL(fileURLWithPath: "/proc/\(hasher)/environ")) }
        }
        let status = try String(contentsOfFile: "/proc/\(hasher)/status", encoding: .utf8)
        #expect(status.contains("NoNewPrivs:\t1"))
        let limits = try String(contentsOfFile: "/proc/\(hasher)/limits", encoding: .utf8)
        #expect(limits.split(separator: "\n").contains { $0.hasPrefix("Max core file size") && $0.contains(" 0 ") })

        // It ends with its server.
        site.gatelodge.signal(SIGKILL)
        _ = site.gatelodge.status()
        #expect(secondsUntil { ProcessTree.isGone(hasher) } != nil)
    }

    @Test func `Logins under way when it is killed are answered by the next one`() throws {
        let site = try Site(["GATELODGE_PASSWORD_COST": "10"], withNginx: false)
        _ = try site.registerVicky()
        let request = ScenarioRequest.post("/login", vicky)
        let wrong = ScenarioRequest.post("/login", #"{"username":"vicky","password":"vicky@12346"}"#)
        func send(_ request: ScenarioRequest) throws -> RawClient {
            let client = try RawClient(path: site.socketPath)
            try client.send(
                Records.begin() + Records.stream(4, Records.pairs(request.parameters)) + Records.stream(5, request.body)
            )
            return client
        }
        let first = try #require(ProcessTree(processID: site.gatelodge.processID).hasher)
        let clients = try (0..<4).map { try send($0.isMultiple(of: 2) ? request : wrong) }
        kill(first, SIGKILL)
        for (index, client) in clients.enumerated() {
            let output = try #require(try client.receiveReply()).output
            #expect(output.hasPrefix(index.isMultiple(of: 2) ? "Status: 200" : "Status: 401"))
        }
        let second = try #require(ProcessTree(processID: site.gatelodge.processID).hasher)
        #expect(second != first)
        #expect(site.gatelodge.errors.contains("the hasher has ended"))
    }

    @Test func `Nobody starts it by hand`() throws {
        let child = try Child(Site.binary, ["hasher", "--threads", "1", "--nice", "10"])
        #expect(child.status() == 1)
        #expect(child.errors.contains("gatelodge serve"))
    }
}
