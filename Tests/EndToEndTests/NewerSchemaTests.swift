import Foundation
import GRDB
import TestSupport
import Testing

/// A database that a newer binary migrates while this one serves, and at this one's start.
///
/// No newer binary is needed for that: its step is done here as it would do it, in one transaction with the schema's
/// number.
@Suite struct NewerSchemaTests {
    @Test func `A newer binary's additive step disturbs neither the instance that serves nor its next start`() throws {
        let site = try Site(withNginx: false)
        try site.server.register("vicky")
        let before = try site.server.logIn("vicky")
        try migrate(site, oldestBinary: 1)
        try serves(site, before)
        // A rollback of the program: this binary starts on the newer schema, and leaves its number.
        try site.restart()
        try serves(site, before)
        let check = try site.run("db", "check")
        #expect(check.text.contains("\nschema    99, for binaries of schema 2 or newer\n"))
        #expect(try site.run("db", "backup", "backup.db").status == 0)
    }

    @Test func `A step that shuts this binary out stops its starts, and not the instance that serves`() throws {
        let site = try Site(withNginx: false)
        try site.server.register("vicky")
        let before = try site.server.logIn("vicky")
        try migrate(site, oldestBinary: 98)
        try serves(site, before)
        let elsewhere = ["GATELODGE_SOCKET_PATH": "var/other.sock"]
        let refused = try CommandResult(["serve"], in: site.folder, settings: elsewhere)
        #expect(refused.status != 0)
        #expect(refused.errors.contains("needs a binary of schema 98 or newer; this one knows schema 3"))
        #expect(try site.run("db", "check").status == 0)
        try serves(site, before)
    }

    /// What a binary of schema 99 does at its start.
    private func migrate(_ site: Site, oldestBinary: Int) throws {
        let queue = try DatabaseQueue(path: site.folder.appending(path: "var/gatelodge.db").path)
        try queue.write { db in
            try db.execute(sql: "ALTER TABLE accounts ADD COLUMN later TEXT NOT NULL DEFAULT 'x'")
            try db.execute(sql: "ALTER TABLE sessions ADD COLUMN later INTEGER")
            try db.execute(sql: "CREATE TABLE later (name TEXT PRIMARY KEY) STRICT")
            try db.execute(
                sql: "UPDATE schema SET version = 99, oldest_binary = max(oldest_binary, ?)", arguments: [oldestBinary])
        }
        try queue.close()
    }

    /// Old tokens go on, and reads and writes of all kinds.
    private func serves(_ site: Site, _ tokens: Tokens) throws {
        #expect(try site.server.accepts(tokens.access))
        let name = "user\(UUID().uuidString.prefix(8).lowercased())"
        try site.server.register(name)
        let own = try site.server.logIn(name)
        #expect(try site.server.refresh(own.refresh).status == 200)
        #expect(try site.server.accepts(cookie: site.server.logInForCookie(name)))
    }
}
