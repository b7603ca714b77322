import Foundation
import Synchronization
import TestSupport
import Testing
import Threading

/// What becomes of connections, settings and programs at a reload, and of everybody when a process dies.
@Suite struct ReloadTests {
    /// Half a second instead of three.
    private static let quick = ["GATELODGE_RELOAD_TRIAL": "500ms"]

    /// A copy of the binary, which a test can replace.
    private func program(in folder: URL) throws -> URL {
        let program = folder.appending(path: "gatelodge")
        try FileManager.default.copyItem(at: Site.binary, to: program)
        return program
    }

    private func temporaryFolder() throws -> URL {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Puts another file in a program's place, as a package does.
    private func replace(_ program: URL, byScript script: String) throws {
        let new = program.appendingPathExtension("new")
        try script.write(to: new, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: new.path)
        #expect(unsafe rename(new.path, program.path) == 0)
    }

    private func status(_ site: Site) throws -> [String: Any] {
        let text = try site.run("status", "--json").text
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// Who serves, as soon as there is one.
    private func worker(_ site: Site) throws -> Int32 {
        var processID: Int32?
        _ = try secondsUntil {
            let worker = try status(site)["worker"] as? [String: Any]
            processID = (worker?["pid"] as? NSNumber)?.int32Value
            return processID != nil
        }
        return try #require(processID)
    }

    /// Asks again and again on connections of its own, with and without a wait for a commit, and counts what was not answered.
    private final class Load: Sendable {
        private let isDone = Atomic(false)
        private let answers = Atomic(0)
        private let failures = Locked<[String]>([])
        private let group = DispatchGroup()

        init(_ path: String, clients: Int = 6) {
            for index in 0..<clients {
                DispatchQueue(label: "load").async(group: group) { [self] in
                    do {
                        let client = try RawClient(path: path)
                        var round = 0
                        while !isDone.load(ordering: .relaxed) {
                            round += 1
                            try ask(client, index, round)
                        }
                    } catch {
                        failures.withLock { $0.append("\(error)") }
                    }
                }
            }
        }

        private func ask(_ client: RawClient, _ index: Int, _ round: Int) throws {
            let body = #"{"username":"u\#(index)-\#(round)","password":"correct horse battery"}"#
            let isPost = round.isMultiple(of: 2)
            let request: ScenarioRequest = isPost ? .post("/register", body) : .get("/api/posts")
            try client.send(request)
            let status = try client.receiveScenarioReply().status
            if status == (isPost ? 200 : 401) {
                answers.wrappingAdd(1, ordering: .relaxed)
            } else {
                failures.withLock { $0.append("\(status)") }
            }
        }

        /// Everything that went wrong, and how many were answered.
        func end() -> (failures: [String], answers: Int) {
            isDone.store(true, ordering: .relaxed)
            group.wait()
            return (failures.withLock { $0 }, answers.load(ordering: .relaxed))
        }
    }

    @Test func `Five reloads under load lose nothing, and connections live on`() throws {
        let site = try Site(Self.quick, withNginx: false)
        let idle = try RawClient(path: site.socketPath)
        try idle.send(.get("/api/posts"))
        #expect(try idle.receiveScenarioReply().status == 401)
        let load = Load(site.socketPath)
        var workers = [try worker(site)]
        for _ in 0..<5 {
            let result = try site.run("reload")
            #expect(result.status == 0, "\(result.errors)")
            workers.append(try worker(site))
        }
        #expect(Set(workers).count == 6)
        let (failures, answers) = load.end()
        #expect(failures == [])
        #expect(answers > 0)
        try idle.send(.get("/api/posts"))
        #expect(try idle.receiveScenarioReply().status == 401)
        let status = try status(site)
        #expect(status["reloads"] as? Int == 5)
        // What the worker counts and what the supervisor told it.
        let figures = try #require((status["worker"] as? [String: Any])?["figures"] as? [String: Any])
        #expect((figures["supervision"] as? [String: Any])?["generation"] as? Int == 6)
        #expect(((figures["connections"] as? [String: Any])?["taken_over"] as? Int ?? 0) > 0)
    }

    @Test func `A reload says what has changed, and what needs a restart`() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "gatelodge.yaml")
        func write(_ text: String) throws { try text.write(to: file, atomically: true, encoding: .utf8) }
        try write("jwt:\n  lifetime: 1h\n")
        let site = try Site(
            Self.quick.merging(["GATELODGE_SETTINGS": file.path]) { $1 }, withNginx: false)
        let before = try worker(site)
        try write("jwt:\n  lifetime: 2h\nsocket:\n  mode: \"0600\"\n")
        let result = try site.run("reload")
        #expect(result.text.contains("jwt.lifetime is applied"))
        #expect(result.text.contains("socket.mode needs a restart"))
        try site.server.register("vicky")
        let reply = try site.sendPastNginx(
            .post("/login", #"{"username":"vicky","password":"\#(Server.password)"}"#))
        #expect(reply.body.contains(#""expires_in":7200"#))
        // The same again changes nothing more, and what needs a restart still does.
        let again = try site.run("reload").text
        #expect(!again.contains("jwt.lifetime") && again.contains("socket.mode needs a restart"))
        let serving = try worker(site)
        #expect(serving != before)
        try write("jwt:\n  lifetime: 1h\nregistration: sometimes\n")
        let refused = try site.run("reload", "--json")
        #expect(refused.status == 1)
        #expect(refused.text.contains("gatelodge.yaml:3") && refused.text.contains("registration"))
        #expect(try worker(site) == serving)
        #expect(try site.sendPastNginx(.get("/api/posts")).status == 401)
    }

    struct Broken: CustomTestStringConvertible {
        let testDescription: String
        let script: String
        let reason: String
        var settings: [String: String] = [:]
    }

    static let broken = [
        Broken(testDescription: "ends at once", script: "#!/bin/sh\nexit 7\n", reason: "exit status 7"),
        Broken(
            testDescription: "hangs", script: "#!/bin/sh\nexec sleep 600\n", reason: "not ready within",
            settings: ["GATELODGE_RELOAD_DEADLINE": "1s"]),
        Broken(
            testDescription: "dies after it was ready",
            script:
                "#!/bin/sh\n(sleep 1; kill -9 $$) </dev/null >/dev/null 2>&1 3>&- &\nexec \(Site.binary.path.quoted) \"$@\"\n",
            reason: "signal 9", settings: ["GATELODGE_RELOAD_TRIAL": "3s"]),
        Broken(testDescription: "is no program", script: "nothing\n", reason: "cannot start"),
    ]

    @Test(arguments: broken)
    func `A new program that does not serve gets no request, and the old one goes on`(_ broken: Broken) throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = try program(in: folder)
        let site = try Site(
            Self.quick.merging(broken.settings) { $1 }, withNginx: false, program: program)
        let before = try worker(site)
        let load = Load(site.socketPath, clients: 3)
        try replace(program, byScript: broken.script)
        let result = try site.run("reload")
        #expect(result.status == 1)
        #expect(result.errors.contains(broken.reason), "\(result.errors)")
        #expect(load.end().failures == [])
        #expect(try worker(site) == before)
        #expect(try status(site)["failed_reloads"] as? Int == 1)
    }

    @Test func `A newer program takes the place of workers, hasher and supervisor under load`() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = try program(in: folder)
        let site = try Site(Self.quick, withNginx: false, program: program)
        let socket = try FileManager.default.attributesOfItem(atPath: site.socketPath)[.systemFileNumber] as? Int
        let hasher = ProcessTree(processID: site.gatelodge.processID).hasher
        let load = Load(site.socketPath)
        for round in 1...2 {
            let new = program.appendingPathExtension("new")
            try FileManager.default.copyItem(at: Site.binary, to: new)
            #expect(unsafe rename(new.path, program.path) == 0)
            #expect(try site.run("reload").status == 0)
            let seconds = try secondsUntil { try status(site)["upgrades"] as? Int == round }
            #expect(seconds != nil, "\(site.gatelodge.errors)")
        }
        let (failures, answers) = load.end()
        #expect(failures == [])
        #expect(answers > 0)
        // The same process, and the file it runs is the new one.
        #expect(site.gatelodge.isRunning)
        #expect(try FileManager.default.attributesOfItem(atPath: site.socketPath)[.systemFileNumber] as? Int == socket)
        let tree = ProcessTree(processID: site.gatelodge.processID)
        #expect(secondsUntil { tree.hashers.contains { $0 != hasher } } != nil)
        #expect(try site.run("reload").status == 0)
        site.gatelodge.signal(SIGTERM)
        #expect(site.gatelodge.status() == 0)
        #expect(!FileManager.default.fileExists(atPath: site.socketPath))
    }

    @Test(.promise(89)) func `A worker that is killed is replaced, and only its own requests are lost`() throws {
        let site = try Site(withNginx: false)
        try site.server.register("vicky")
        for _ in 0..<3 {
            let before = try worker(site)
            kill(before, SIGKILL)
            // The socket stays open: whoever connects meanwhile waits.
            #expect(try site.sendPastNginx(.get("/api/posts")).status == 401)
            #expect(try worker(site) != before)
        }
        _ = try site.server.logIn("vicky")
        #expect(try status(site)["crashes"] as? Int == 3)
    }

    @Test func `Where the new worker dies the old one, which has just left, serves again`() throws {
        let site = try Site(Self.quick, withNginx: false)
        let old = try worker(site)
        #expect(try site.run("reload").status == 0)
        let new = try worker(site)
        #expect(new != old)
        kill(new, SIGKILL)
        #expect(try secondsUntil { try worker(site) == old } != nil)
        #expect(try site.sendPastNginx(.get("/api/posts")).status == 401)
    }

    @Test func `A socket whose file was removed is made anew, and served`() throws {
        let site = try Site(withNginx: false)
        let kept = try RawClient(path: site.socketPath)
        try kept.send(.get("/api/posts"))
        #expect(try kept.receiveScenarioReply().status == 401)
        #expect(unsafe unlink(site.socketPath) == 0)
        #expect(secondsUntil { FileManager.default.fileExists(atPath: site.socketPath) } != nil)
        #expect(try site.sendPastNginx(.get("/api/posts")).status == 401)
        try kept.send(.get("/api/posts"))
        #expect(try kept.receiveScenarioReply().status == 401)
        site.gatelodge.signal(SIGTERM)
        #expect(site.gatelodge.status() == 0)
        #expect(!FileManager.default.fileExists(atPath: site.socketPath))
    }

    @Test func `Where every socket's file was removed, commands and logins find theirs again too`() throws {
        let site = try Site(Self.quick, withNginx: false)
        try site.server.register("vicky")
        let paths = ["", ".control", ".control.hasher"].map { site.socketPath + $0 }
        for path in paths { #expect(unsafe unlink(path) == 0) }
        #expect(secondsUntil { paths.allSatisfy { FileManager.default.fileExists(atPath: $0) } } != nil)
        // A worker that connects to the hasher anew.
        let before = try worker(site)
        #expect(try site.run("reload").status == 0)
        #expect(try worker(site) != before)
        _ = try site.server.logIn("vicky")
        #expect(try site.run("stop").status == 0)
        #expect(site.gatelodge.status() == 0)
        for path in paths { #expect(!FileManager.default.fileExists(atPath: path)) }
    }

    @Test func `A process that it did not start and that ends is not left as a zombie`() throws {
        let site = try Site(
            withNginx: false, program: URL(fileURLWithPath: "/bin/sh"),
            arguments: ["-c", "sleep 1000 & exec \(Site.binary.path.quoted) serve"])
        let tree = ProcessTree(processID: site.gatelodge.processID)
        let stranger = try #require(tree.children.first { ProcessTree.name($0) == "sleep" })
        kill(stranger, SIGKILL)
        #expect(secondsUntil { !tree.children.contains(stranger) } != nil)
        #expect(try site.sendPastNginx(.get("/api/posts")).status == 401)
        #expect(try status(site)["crashes"] as? Int == 0)
    }

    @Test func `Control clients who say nothing do not keep the supervisor busy, nor others out`() throws {
        let site = try Site(withNginx: false)
        let path = site.socketPath + ".control"
        let silent = (0..<80).map { _ in connectForPackets(path) }
        defer { for descriptor in silent { close(descriptor) } }
        #expect(silent.allSatisfy { $0 >= 0 })
        let before = try ProcessTree.processorTicks(site.gatelodge.processID)
        usleep(1_500_000)
        // A hundred ticks are a second.
        #expect(try ProcessTree.processorTicks(site.gatelodge.processID) - before < 30)
        #expect(try site.run("status").status == 0)
    }

    private func connectForPackets(_ path: String) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8.prefix(107)) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0)
        let result = unsafe withUnsafeBytes(of: address) { bytes in
            unsafe connect(
                descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        return result == 0 ? descriptor : -1
    }

    @Test func `Where the supervisor is killed its processes end, and another one starts at once`() throws {
        let site = try Site(withNginx: false)
        let worker = try worker(site)
        let tree = ProcessTree(processID: site.gatelodge.processID)
        #expect(secondsUntil { tree.hasher != nil } != nil)  // it takes a moment to name itself
        let hasher = try #require(tree.hasher)
        site.gatelodge.signal(SIGKILL)
        try site.restart()
        #expect(secondsUntil { ProcessTree.isGone(worker) && ProcessTree.isGone(hasher) } != nil)
        #expect(secondsUntil { (try? site.sendPastNginx(.get("/api/posts")).status) == 401 } != nil)
    }

    @Test func `Signals that come together make few reloads, and the last settings win`() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "gatelodge.yaml")
        try "jwt:\n  lifetime: 1h\n".write(to: file, atomically: true, encoding: .utf8)
        let site = try Site(
            Self.quick.merging(["GATELODGE_SETTINGS": file.path]) { $1 }, withNginx: false)
        _ = try worker(site)
        for hours in 1...25 {
            try "jwt:\n  lifetime: \(hours)h\n".write(to: file, atomically: true, encoding: .utf8)
            site.gatelodge.signal(SIGHUP)
        }
        try site.server.register("vicky")
        let login = ScenarioRequest.post("/login", #"{"username":"vicky","password":"\#(Server.password)"}"#)
        #expect(try secondsUntil { try site.sendPastNginx(login).body.contains(#""expires_in":90000"#) } != nil)
        let reloads = try #require(try status(site)["reloads"] as? Int)
        #expect((1...3).contains(reloads))
    }

    @Test func `Commands find the instance, and say when there is none`() throws {
        let site = try Site(Self.quick, withNginx: false)
        _ = try worker(site)
        let plain = try site.run("status")
        #expect(plain.status == 0 && plain.text.contains("worker"))
        let control = site.folder.appending(path: "var/gatelodge.sock.control").path
        let mode = try FileManager.default.attributesOfItem(atPath: control)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try site.run("stop").status == 0)
        #expect(site.gatelodge.status() == 0)
        #expect(!FileManager.default.fileExists(atPath: control))
        for command in ["status", "reload", "stop"] {
            let result = try site.run(command)
            #expect(result.status == 3)
            #expect(result.errors.contains("no instance"))
        }
    }
}

extension String {
    /// For a shell.
    fileprivate var quoted: String { "'" + replacing("'", with: #"'\''"#) + "'" }
}
