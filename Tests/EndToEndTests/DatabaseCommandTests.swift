import Foundation
import TestSupport
import Testing

/// `gatelodge db` beside a running instance and without one.
@Suite struct DatabaseCommandTests {
    @Test func `A backup is made while the instance serves, and what was taken away since does not come back with it`()
        throws
    {
        let site = try Site(withNginx: false)
        for name in ["vicky", "marlene"] { try site.server.register(name) }
        let before = try site.server.logIn("vicky")
        let cookie = try site.server.logInForCookie("marlene")
        let reset = try site.run("user", "invite", "--reset", "vicky").output
        let made = try site.run("db", "backup", "backup.db")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.text.contains("var/gatelodge.db.key"))
        let after = try site.server.logIn("marlene")
        try site.server.register("newcomer")
        let newcomer = try site.server.logIn("newcomer")

        // Not while it runs.
        let refused = try site.run("db", "restore", "backup.db")
        #expect(refused.status == 1)
        #expect(refused.errors == "gatelodge: an instance serves on var/gatelodge.sock: stop it first\n")
        #expect(try site.server.accepts(newcomer.access))

        site.gatelodge.end()
        let restored = try site.run("db", "restore", "backup.db", "--json")
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(restored.text.contains(#""replaced" : "./var/gatelodge.db.replaced-"#))
        try site.restart()
        for tokens in [before, after, newcomer] {
            #expect(try !site.server.accepts(tokens.access))
            #expect(try site.server.refresh(tokens.refresh).status == 401)
        }
        #expect(try !site.server.accepts(cookie: cookie))
        let body = #"{"code":"\#(reset)","new_password":"another long one"}"#
        #expect(try site.server.ask(.post("/api/password/reset", body)).outcome == "403 invalid_code")
        // The control: those of the backup log in anew, and the one after it is not there.
        let again = try site.server.logIn("vicky")
        #expect(try site.server.accepts(again.access))
        #expect(try site.server.refresh(again.refresh).status == 200)
        #expect(throws: Site.Failure.self) { try site.server.logIn("newcomer") }
    }

    @Test func `A worker that another program started keeps the database from being replaced as well`() throws {
        let site = try Site(withNginx: false)
        #expect(try site.run("db", "backup", "backup.db").status == 0)
        // Another socket's settings, as an operator may have by mistake: the lock beside the socket says nothing then.
        let settings = ["GATELODGE_SOCKET_PATH": "var/other.sock"]
        let refused = try CommandResult(["db", "restore", "backup.db"], in: site.folder, settings: settings)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("is open in another process"))
        site.gatelodge.end()
        #expect(try CommandResult(["db", "restore", "backup.db"], in: site.folder, settings: settings).status == 0)
    }

    @Test func `The check's status says whether the database is sound, and a backup is not overwritten unasked`() throws
    {
        let folder = try TemporaryFolder()
        #expect(try CommandResult(["db", "check"], in: folder.url).status == 1)
        #expect(try CommandResult(["check"], in: folder.url).status == 0)
        let sound = try CommandResult(["db", "check", "--json"], in: folder.url)
        #expect(sound.status == 0)
        #expect(sound.text.contains(#""schema_version" : 3"#))
        #expect(try CommandResult(["db", "backup", "backup.db"], in: folder.url).status == 0)
        let again = try CommandResult(["db", "backup", "backup.db"], in: folder.url)
        #expect(again.status == 1)
        #expect(again.errors.contains("--force"))
        #expect(try CommandResult(["db", "backup", "backup.db", "--force"], in: folder.url).status == 0)
        #expect(try CommandResult(["db", "check", "backup.db"], in: folder.url).status == 0)
        let vacuumed = try CommandResult(["db", "vacuum", "--json"], in: folder.url)
        #expect(vacuumed.status == 0)
        #expect(vacuumed.text.contains("bytes_after"))

        let file = folder.url.appending(path: "backup.db")
        let handle = try FileHandle(forUpdating: file)
        try handle.seek(toOffset: 4_096)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
        try handle.close()
        let damaged = try CommandResult(["db", "check", "backup.db"], in: folder.url)
        #expect(damaged.status == 1)
        #expect(try CommandResult(["db", "restore", "backup.db"], in: folder.url).status == 1)
        #expect(try CommandResult(["db", "check"], in: folder.url).status == 0)
    }
}
