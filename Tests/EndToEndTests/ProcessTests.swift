import Foundation
import TestSupport
import Testing

/// Starting, stopping, and what a start refuses.
@Suite struct ProcessTests {
    private let vicky = #"{"username":"vicky","password":"vicky@12345"}"#

    @Test func `An acknowledged registration survives kill -9`() throws {
        let site = try Site(withNginx: false)
        let replacements = try site.registerVicky()
        let workers = ProcessTree(processID: site.gatelodge.processID).workers
        for worker in workers { kill(worker, SIGKILL) }
        site.gatelodge.signal(SIGKILL)
        _ = site.gatelodge.status()
        try site.restart()
        #expect(try site.sendPastNginx(.post("/login", vicky)).status == 200)
        // The key was kept as well, so the token of before is good.
        let welcome = try site.sendPastNginx(.get("/api/posts").replacing(replacements))
        #expect(welcome.status == 401)
        let authorized = ScenarioRequest.get("/api/posts", authorization: "{token}").replacing(replacements)
        #expect(try site.sendPastNginx(authorized).status == 200)
    }

    @Test func `SIGTERM answers the login that is under way, then exits with 0`() throws {
        let site = try Site(["GATELODGE_PASSWORD_COST": "11"], withNginx: false)
        _ = try site.sendPastNginx(.post("/register", vicky))
        let client = try RawClient(path: site.socketPath)
        let request = ScenarioRequest.post("/login", vicky)
        let idle = try RawClient(path: site.socketPath)
        try idle.send(Records.request("GET", "/api/nothing"))
        #expect(try idle.receiveReply() != nil)
        try client.send(
            Records.begin() + Records.stream(4, Records.pairs(request.parameters)) + Records.stream(5, request.body))
        site.gatelodge.signal(SIGTERM)
        #expect(try client.receiveReply()?.output.contains("\"token\":") == true)
        #expect(try idle.receiveToEnd() == [])
        #expect(site.gatelodge.status() == 0)
        #expect(!FileManager.default.fileExists(atPath: site.socketPath))
    }

    @Test func `What was refused up to SIGTERM is in the audit`() throws {
        let site = try Site(withNginx: false)
        let clients = try (0..<20).map { _ in try RawClient(path: site.socketPath) }
        for client in clients {
            try client.send(.post("/login", #"{"username":"nobody","password":"vicky@12345"}"#))
        }
        site.gatelodge.signal(SIGTERM)
        let answered = clients.count { (try? $0.receiveScenarioReply().status) == 401 }
        #expect(site.gatelodge.status() == 0)
        #expect(answered > 0)
        #expect(try auditRows(in: site.folder, event: "login").count == answered)
    }

    @Test(.promise(88)) func `Passwords, hashes and tokens are not in the log`() throws {
        let site = try Site(["GATELODGE_LOG_LEVEL": "trace"], withNginx: false)
        let replacements = try site.registerVicky()
        _ = try site.sendPastNginx(.post("/login", #"{"username":"vicky","password":"canary-wrong-password"}"#))
        for value in replacements.values {
            _ = try site.sendPastNginx(.get("/api/posts", authorization: value))
        }
        site.gatelodge.signal(SIGTERM)
        #expect(site.gatelodge.status() == 0)
        #expect(site.gatelodge.errors.contains("ready"))
        let token = try #require(replacements["token"])
        for secret in ["vicky@12345", "canary-wrong-password", "$2b$", token, String(token.suffix(40))] {
            #expect(!site.gatelodge.errors.contains(secret))
        }
    }

    @Test(.promise(11)) func `Nothing but the hash of a password is in the database`() throws {
        let site = try Site(withNginx: false)
        _ = try site.registerVicky()
        for name in try FileManager.default.contentsOfDirectory(atPath: site.folder.appending(path: "var").path) {
            let file = site.folder.appending(path: "var/\(name)")
            guard let bytes = try? Data(contentsOf: file) else { continue }  // the socket
            #expect(bytes.range(of: Data("vicky@12345".utf8)) == nil, "in \(name)")
        }
    }

    /// Starts Gatelodge in a fresh folder and answers with its status and what it complained about.
    private func start(
        _ settings: [String: String], prepare: (URL) throws -> Void = { _ in }
    ) throws -> (status: Int32, complaint: String) {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder.appending(path: "var"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try prepare(folder)
        let child = try Child(
            Site.binary, ["serve"], environment: Site.environment.merging(settings) { $1 }, folder: folder)
        guard child.wait(until: { !child.isRunning }) else {
            child.end()
            return (-1, "it started")
        }
        return (child.status(), child.errors)
    }

    static let refusals: [(String, [String: String], String)] = [
        ("an unknown setting", ["GATELODGE_COLOUR": "blue"], "GATELODGE_COLOUR"),
        ("a malformed setting", ["GATELODGE_JWT_LIFETIME": "soon"], "GATELODGE_JWT_LIFETIME"),
        ("a secret that is too short", ["GATELODGE_JWT_SECRET": "short-and-secret"], "GATELODGE_JWT_SECRET"),
        ("a secret file that is not there", ["GATELODGE_JWT_SECRET_FILE": "nowhere"], "nowhere"),
        ("a database in a folder that is not there", ["GATELODGE_DATABASE_PATH": "nowhere/a.db"], "nowhere"),
        ("a database that is none", ["GATELODGE_DATABASE_PATH": "var/text"], "var/text is not an SQLite database"),
        ("a socket in a folder that is not there", ["GATELODGE_SOCKET_PATH": "nowhere/s"], "nowhere/s"),
        (
            "a socket path that is too long", ["GATELODGE_SOCKET_PATH": "var/" + String(repeating: "s", count: 104)],
            "107"
        ),
        ("a group that is not there", ["GATELODGE_SOCKET_GROUP": "no-such-group"], "no-such-group"),
        ("a cost for tests", ["GATELODGE_PASSWORD_INSECURE_COST": "false"], "GATELODGE_PASSWORD_COST"),
    ]

    @Test(.promise(47), arguments: refusals)
    func `A start that cannot succeed says why in one line`(
        _ name: String, _ settings: [String: String], _ reason: String
    ) throws {
        let (status, complaint) = try start(settings) { folder in
            let text = folder.appending(path: "var/text")
            try String(repeating: "precious ", count: 100).write(to: text, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: text.path)
        }
        #expect(status > 0)
        #expect(complaint.contains(reason), "\(complaint)")
        #expect(!complaint.contains("short-and-secret"))
        let lines = complaint.split(separator: "\n").filter { !$0.contains(#""level":"info""#) }
        #expect(lines.count == 1, "\(complaint)")
    }

    @Test func `A file that is no database is left as it is`() throws {
        var content = ""
        let (status, _) = try start(["GATELODGE_DATABASE_PATH": "text"]) { folder in
            try "precious".write(to: folder.appending(path: "text"), atomically: true, encoding: .utf8)
            content = try String(contentsOf: folder.appending(path: "text"), encoding: .utf8)
        }
        #expect(status > 0)
        #expect(content == "precious")
    }

    @Test func `A second instance on one socket refuses and names the first, which goes on`() throws {
        let site = try Site(withNginx: false)
        let second = try Child(Site.binary, ["serve"], environment: Site.environment, folder: site.folder)
        #expect(second.status() > 0)
        #expect(second.errors.contains("in use by process \(site.gatelodge.processID)"))
        #expect(try site.sendPastNginx(.get("/api/posts")).status == 401)
    }

    @Test func `Half-sent requests cost no processor time`() throws {
        let site = try Site(withNginx: false)
        let half = [UInt8](Records.request("GET", "/api/posts").dropLast(3))
        let clients = try (0..<200).map { _ in try RawClient(path: site.socketPath) }
        for client in clients { try client.send(half) }
        _ = try site.sendPastNginx(.get("/api/posts"))
        let worker = try #require(ProcessTree(processID: site.gatelodge.processID).workers.first)
        func ticks() throws -> Int {
            let line = try String(contentsOfFile: "/proc/\(worker)/stat", encoding: .utf8)
            let fields = line[line.range(of: ") ")!.upperBound...].split(separator: " ")
            return Int(fields[11])! + Int(fields[12])!
        }
        let before = try ticks()
        usleep(2_000_000)
        // A tick is ten milliseconds; a thread that spins would take two hundred of them.
        #expect(try ticks() - before <= 10)
        withExtendedLifetime(clients) {}
    }
}
