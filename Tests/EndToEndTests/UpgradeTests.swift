import Foundation
import GRDB
import TestSupport
import Testing

/// Hashes that another program wrote, and what a login makes of them.
@Suite struct UpgradeTests {
    /// Of `vicky@12345`, made by libcrypt's `crypt`.
    static let foreignHashes = ["2a", "2b", "2y"].map {
        "$\($0)$04$abcdefghijklmnopqrstuufExk8LaPpXxs7WeWs/sMSeALMJ5x.x2"
    }

    private static let vicky = #"{"username":"vicky","password":"vicky@12345"}"#

    private func replaceHash(in path: String, with hash: String) throws {
        try DatabaseQueue(path: path).write { db in
            try db.execute(sql: "UPDATE accounts SET password_hash = ?", arguments: [hash])
            #expect(db.changesCount == 1)
        }
    }

    private func storedHash(in path: String) throws -> String {
        let queue = try DatabaseQueue(path: path)
        return try #require(try queue.read { try String.fetchOne($0, sql: "SELECT password_hash FROM accounts") })
    }

    @Test(.promise(12), arguments: foreignHashes)
    func `A foreign hash becomes ours after a login, and the password stays`(hash: String) throws {
        let site = try Site(
            ["GATELODGE_PASSWORD_COST": "5", "GATELODGE_PASSWORD_WAIT": "60s"], withNginx: false)
        let path = site.folder.appending(path: "var/gatelodge.db").path
        _ = try site.registerVicky()
        try replaceHash(in: path, with: hash)
        #expect(try site.sendPastNginx(.post("/login", Self.vicky.replacing("12345", with: "12346"))).status == 401)
        #expect(try storedHash(in: path) == hash)
        #expect(try site.sendPastNginx(.post("/login", Self.vicky)).status == 200)
        #expect(site.gatelodge.wait { (try? storedHash(in: path))?.hasPrefix("$2b$05$") == true })
        #expect(try site.sendPastNginx(.post("/login", Self.vicky)).status == 200)
        #expect(try site.sendPastNginx(.post("/login", Self.vicky.replacing("12345", with: "12346"))).status == 401)
        site.gatelodge.signal(SIGTERM)
        #expect(site.gatelodge.status() == 0)
        #expect(site.gatelodge.errors.contains("password hash upgraded"))
        #expect(!site.gatelodge.errors.contains("$2"))
    }

    @Test func `A stop while an upgrade is under way ends at once and loses no account`() throws {
        let settings = ["GATELODGE_PASSWORD_COST": "12", "GATELODGE_PASSWORD_WAIT": "60s"]
        let site = try Site(settings, withNginx: false)
        let path = site.folder.appending(path: "var/gatelodge.db").path
        _ = try site.registerVicky()
        try replaceHash(in: path, with: Self.foreignHashes[0])
        #expect(try site.sendPastNginx(.post("/login", Self.vicky)).status == 200)
        site.gatelodge.signal(SIGTERM)
        #expect(site.gatelodge.status() == 0)
        // On a busy machine the upgrade may have been faster than the signal.
        let stored = try storedHash(in: path)
        #expect(stored == Self.foreignHashes[0] || stored.hasPrefix("$2b$12$"))
        try site.restart(["GATELODGE_PASSWORD_WAIT": "60s"])
        #expect(try site.sendPastNginx(.post("/login", Self.vicky)).status == 200)
    }

    @Test(arguments: foreignHashes)
    func `A CGI process has upgraded the hash when it ends`(hash: String) throws {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder.appending(path: "var"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "var/gatelodge.db").path
        func cgi(_ request: ScenarioRequest) throws -> String {
            var environment = Site.environment.merging(
                ["GATEWAY_INTERFACE": "CGI/1.1", "GATELODGE_PASSWORD_COST": "5"]) { $1 }
            for (name, value) in request.parameters { environment[name] = value }
            let child = try Child(Site.binary, [], environment: environment, folder: folder, input: request.body)
            #expect(child.status() == 0)
            return child.text
        }
        #expect(try cgi(.post("/register", Self.vicky)).hasPrefix("Status: 200"))
        try replaceHash(in: path, with: hash)
        #expect(try cgi(.post("/login", Self.vicky)).hasPrefix("Status: 200"))
        #expect(try storedHash(in: path).hasPrefix("$2b$05$"))
        #expect(try cgi(.post("/login", Self.vicky)).hasPrefix("Status: 200"))
    }
}
