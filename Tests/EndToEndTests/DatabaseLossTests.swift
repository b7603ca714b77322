import Foundation
import TestSupport
import Testing

/// The database goes missing or bad: at a start and while an instance serves.
@Suite struct DatabaseLossTests {
    @Test func `Where the database's folder is missing, or the file is none, the start says so and ends`() throws {
        let folder = try TemporaryFolder()
        let missing = try CommandResult(
            ["serve"], in: folder.url, settings: ["GATELODGE_DATABASE_PATH": "nowhere/gatelodge.db"])
        #expect(missing.status != 0)
        #expect(missing.errors.contains("the folder ./nowhere for the database does not exist"))
        let file = folder.url.appending(path: "var/gatelodge.db")
        let bytes = Data(String(repeating: "not a database ", count: 400).utf8)
        #expect(
            FileManager.default.createFile(atPath: file.path, contents: bytes, attributes: [.posixPermissions: 0o600]))
        let bad = try CommandResult(["serve"], in: folder.url)
        #expect(bad.status != 0)
        #expect(bad.errors.contains("var/gatelodge.db is not an SQLite database"))
        #expect(try Data(contentsOf: file) == bytes)
        try FileManager.default.removeItem(at: file)
        // The control: without it a start succeeds.
        #expect(try CommandResult(["check"], in: folder.url).status == 0)
    }

    @Test(.promise(87))
    func `While the file is gone checks go on and writes are refused; once it is back all is as before`() throws {
        let site = try Site(withNginx: false)
        try site.server.register("vicky")
        let tokens = try site.server.logIn("vicky")
        let file = site.folder.appending(path: "var/gatelodge.db")
        let away = site.folder.appending(path: "var/away.db")
        try FileManager.default.moveItem(at: file, to: away)
        #expect(try site.server.accepts(tokens.access))
        for name in ["marlene", "claire"] { #expect(try write(name, at: site) == "503 unavailable") }
        #expect(try site.server.refresh(tokens.refresh).outcome == "503 unavailable")
        #expect(site.gatelodge.isRunning)
        try FileManager.default.moveItem(at: away, to: file)
        #expect(try site.server.refresh(tokens.refresh).status == 200)
        #expect(try write("marlene", at: site) == "200")
        #expect(try write("vicky", at: site) == "409 username_taken")
    }

    @Test(.promise(87)) func `While the file is damaged checks go on and writes are refused`() throws {
        let site = try Site(withNginx: false)
        try site.server.register("vicky")
        let tokens = try site.server.logIn("vicky")
        let file = site.folder.appending(path: "var/gatelodge.db")
        let handle = try FileHandle(forUpdating: file)
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 0)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: Int(size)))
        try handle.close()
        // And the log, in which the pages of late are.
        let log = try FileHandle(forUpdating: site.folder.appending(path: "var/gatelodge.db-wal"))
        let logSize = try log.seekToEnd()
        try log.seek(toOffset: 0)
        try log.write(contentsOf: Data(repeating: 0xA5, count: Int(logSize)))
        try log.close()
        for name in ["marlene", "claire"] { #expect(try write(name, at: site) == "503 unavailable") }
        #expect(try site.server.accepts(tokens.access))
        #expect(site.gatelodge.isRunning)
    }

    private func write(_ name: String, at site: Site) throws -> String {
        try site.server.ask(.post("/api/register", #"{"username":"\#(name)","password":"\#(Server.password)"}"#))
            .outcome
    }
}
