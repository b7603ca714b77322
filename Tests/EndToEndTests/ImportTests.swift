import Foundation
import GRDB
import TestSupport
import Testing

/// `gatelodge user import` and `export`. `IMPORT_LINES` and `IMPORT_KILLS` ask for the long forms.
@Suite(.timeLimit(.minutes(30))) struct ImportTests {
    private static let lines = number("IMPORT_LINES", default: 2_000)
    private static let kills = number("IMPORT_KILLS", default: 3)

    private let folder: TemporaryFolder
    private let crowd = ImportCrowd()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func run(_ arguments: String..., input: String = "") throws -> CommandResult {
        try CommandResult(arguments, in: folder.url, input: input)
    }

    private func write(_ text: String, _ name: String) throws {
        try text.write(to: folder.url.appending(path: name), atomically: true, encoding: .utf8)
    }

    @Test(arguments: ["ndjson", "htpasswd"])
    func `A long file is imported in one pass with flat memory, and random accounts log in`(format: String) throws {
        let small = try crowd.importing(500, as: format, in: TemporaryFolder())
        let long = try crowd.importing(Self.lines, as: format, in: folder)
        print(
            "\(format): \(Self.lines) lines in \(long.seconds) s, VmHWM \(long.peakKilobytes) kB,",
            "500 lines \(small.peakKilobytes) kB")
        #expect(long.result.status == 0, "\(long.result.errors)")
        #expect(long.result.text.contains("added       \(Self.lines)\n"))
        // The caches of SQLite fill up with the first tens of thousands.
        #expect(long.peakKilobytes < small.peakKilobytes + 48 << 10)
        let site = try Site(["GATELODGE_DATABASE_PATH": crowd.database(in: folder)])
        for _ in 0..<min(100, Self.lines / 100) {
            let number = Int.random(in: 0..<Self.lines)
            let login = ScenarioRequest.post("/api/login", crowd.credentials(number))
            #expect(try site.send(login).status == 200, "account \(number)")
            let other = ScenarioRequest.post("/api/login", crowd.credentials(number, password: "another long one"))
            #expect(try site.send(other).outcome == "401 invalid_credentials")
        }
    }

    @Test func `An import that is killed can be run again, and every account is there once`() throws {
        try write(crowd.file(Self.lines, as: "ndjson"), "users.ndjson")
        var counts: [Int] = []
        for round in 1...Self.kills {
            let child = try Child(
                Site.binary, ["user", "import", "users.ndjson"], environment: Site.environment, folder: folder.url)
            let goal = Self.lines * round / (Self.kills + 1)
            _ = child.wait { crowd.count(in: folder) >= goal }
            child.signal(SIGKILL)
            _ = child.status()
            // Whole batches of 500, and the rest at the end.
            counts.append(crowd.count(in: folder))
            #expect(counts[counts.count - 1].isMultiple(of: 500) || counts[counts.count - 1] == Self.lines)
        }
        print("killed \(Self.kills) times with \(counts) accounts of \(Self.lines) there")
        let last = try run("user", "import", "users.ndjson", "--json")
        #expect(last.status == 0 && last.member("unchanged") == counts[counts.count - 1])
        #expect(last.member("added") == Self.lines - counts[counts.count - 1])
        #expect(try crowd.names(in: folder) == (0..<Self.lines).map(crowd.name).sorted())
        let again = try run("user", "import", "users.ndjson", "--json")
        #expect(again.status == 0 && again.member("unchanged") == Self.lines && again.member("added") == 0)
        #expect(try run("db", "check").status == 0)
    }

    @Test func `A dry run says the same as the import that follows, and changes nothing`() throws {
        try write(
            """
            {"username":"anna","password_hash":"\(crowd.hash)","roles":["editor"]}
            {"username":"bert","password_hash":"\(ImportCrowd.argon2)"}
            {"username":"carl","password":"secret"}
            {"username":"ANNA","password_hash":"\(crowd.hash)"}
            {"username":"dora","password_hash":"$argon2id$v=19$m=99999999,t=1,p=1$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA"}

            """, "users")
        let dry = try run("user", "import", "users", "--dry-run")
        #expect(dry.status == 1)
        #expect(dry.text.contains("would add   2\n") && dry.text.contains("refused     3"))
        #expect(dry.text.contains("       1   argon2id, verified at the first login and replaced by bcrypt then"))
        #expect(
            dry.errors == """
                gatelodge: line 3: "password": passwords in plain text are not taken
                gatelodge: line 4: the same username as in line 1
                gatelodge: line 5: a hash of argon2id that takes more memory or work than is allowed

                """)
        #expect(try run("user", "list").text.isEmpty)
        let real = try run("user", "import", "users", "--json")
        #expect(real.status == 1 && real.member("added") == 2 && real.member("unchanged") == 1)
        #expect(real.member("problem_count") == 2 && real.errors.isEmpty)
        for secret in ["secret", String(crowd.hash.suffix(31)), "99999999"] {
            #expect(!(dry.text + dry.errors + real.text).contains(secret))
        }
        #expect(try run("user", "list").rows.map { $0.last } == ["anna", "bert"])
        #expect(try auditRows(in: folder.url, event: "account_import") == ["ok", "ok"])
    }

    @Test func `An account that is there is reported, kept or replaced, as is asked`() throws {
        #expect(try run("user", "add", "anna", "--role", "editor", input: Server.password).status == 0)
        #expect(try run("user", "add", "gone", input: Server.password).status == 0)
        #expect(try run("user", "delete", "gone", "--yes").status == 0)
        let id = try run("user", "list").rows[0][0]
        try write(
            """
            username,password_hash,roles,disabled,id
            anna,\(crowd.hash),author,,
            gone,\(crowd.hash),,,
            new,\(crowd.hash),,true,\(id)

            """, "users.csv")
        let before = try run("user", "list").text
        let reported = try run("user", "import", "users.csv")
        #expect(reported.status == 1)
        #expect(
            reported.errors == """
                gatelodge: line 2: an account of this name is there, with another password hash
                gatelodge: line 3: the name was that of an account that is deleted, and stays taken
                gatelodge: line 4: another account has this id

                """)
        let kept = try run("user", "import", "users.csv", "--existing", "keep", "--json")
        #expect(kept.member("kept") == 1 && kept.member("problem_count") == 2)
        #expect(try run("user", "list").text == before)

        let site = try Site(["GATELODGE_DATABASE_PATH": crowd.database(in: folder)], withNginx: false)
        let session = try site.server.logIn("anna")
        let replaced = try run("user", "import", "users.csv", "--existing", "replace", "--json")
        #expect(replaced.member("replaced") == 1 && replaced.member("problem_count") == 2)
        #expect(try run("user", "list", "anna").rows.map { [$0[0], $0[3]] } == [[id, "author"]])
        #expect(try secondsUntil { try !site.server.accepts(session.access) } != nil)
        #expect(try site.server.refresh(session.refresh).status == 401)
        _ = try site.server.logIn("anna", password: crowd.password)
        #expect(throws: Site.Failure.self) { try site.server.logIn("anna") }
    }

    @Test func `What is exported is imported as the same accounts, and Apache knows the hashes`() throws {
        #expect(try run("user", "add", "Vicky", "--role", "editor", input: Server.password).status == 0)
        #expect(try run("user", "add", "marlene", input: Server.password).status == 0)
        #expect(try run("user", "disable", "marlene").status == 0)
        #expect(try run("user", "add", "long", input: String(repeating: "long", count: 20)).status == 0)
        #expect(try run("user", "add", "gone", input: Server.password).status == 0)
        #expect(try run("user", "delete", "gone", "--yes").status == 0)
        #expect(try run("user", "import", "-", input: "bert:\(ImportCrowd.argon2)\n").status == 0)
        let export = try run("user", "export", "all.ndjson")
        #expect(export.status == 0 && export.errors == "gatelodge: 4 accounts written\n")
        #expect(try run("user", "export").text == read("all.ndjson"))
        #expect(try mode("all.ndjson") == 0o600)
        let unchanged = try run("user", "import", "all.ndjson", "--json")
        #expect(unchanged.member("unchanged") == 4 && unchanged.member("added") == 0)
        #expect(try run("user", "export", "all.ndjson").errors.contains("--force lets the export take its place"))
        #expect(try run("user", "export", "all.ndjson", "--force").status == 0)

        let other = try TemporaryFolder()
        let added = try CommandResult(["user", "import", "-", "--json"], in: other.url, input: read("all.ndjson"))
        #expect(added.status == 0 && added.member("added") == 4)
        #expect(try CommandResult(["user", "export"], in: other.url).text == read("all.ndjson"))

        let apache = try run("user", "export", "users", "--format", "htpasswd")
        #expect(apache.errors == "gatelodge: 1 accounts written, 3 left out\n")
        #expect(try read("users").hasPrefix("Vicky:$2y$04$"))
        #expect(try run("user", "import", "users", "--json").member("unchanged") == 1)
        if let htpasswd = OtherHashes.find("htpasswd") {
            for (password, status) in [(Server.password, 0 as Int32), ("another long one", 3)] {
                let child = try Child(htpasswd, ["-vb", "users", "Vicky", password], folder: folder.url)
                #expect(child.status() == status, "\(child.errors)")
            }
        }
        // Also of the one that was not written in the end: it had begun to read.
        #expect(try auditRows(in: folder.url, event: "account_export").count == 5)
    }

    @Test func `A file that is not there, or of no known format, is said so`() throws {
        let missing = try run("user", "import", "nothing")
        #expect(missing.status == 1 && missing.errors == "gatelodge: nothing: No such file or directory\n")
        let unknown = try run("user", "import", "-", input: "just text\n")
        #expect(unknown.status == 1)
        #expect(unknown.errors == "gatelodge: line 1: no format that is known; --format names one\n")
        #expect(try run("user", "import", ".").status == 1)
    }

    private func read(_ name: String) throws -> String {
        try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
    }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.url.appending(path: name).path)[.posixPermissions]
            as? Int
    }
}

extension CommandResult {
    /// A number of what `--json` printed.
    func member(_ name: String) -> Int? {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])?[name] as? Int
    }
}
