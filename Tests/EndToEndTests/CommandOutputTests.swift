import Foundation
import TestSupport
import Testing

/// How commands print: for people, for programs, and on a terminal.
@Suite struct CommandOutputTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["vicky", "walter"] {
            #expect(try run("user", "add", name, "--role", "editor", input: Server.password).status == 0)
        }
        #expect(try run("user", "disable", "walter").status == 0)
        #expect(try run("service", "add", "billing").status == 0)
    }

    private func run(_ arguments: String..., input: String = "") throws -> CommandResult {
        try CommandResult(arguments, in: folder.url, input: input)
    }

    private func json<Value>(_ arguments: String..., as type: Value.Type) throws -> Value {
        let result = try CommandResult(arguments + ["--json"], in: folder.url)
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? Value)
    }

    @Test func `JSON has what the lines of a list have`() throws {
        let users = try json("user", "list", as: [[String: Any]].self)
        let lines = try run("user", "list").rows
        #expect(users.map { $0["id"] as? String } == lines.map { $0[0] })
        #expect(users.map { $0["state"] as? String } == ["active", "disabled"])
        #expect(users.map { $0["created"] as? String } == lines.map { $0[2] })
        #expect(users.map { $0["roles"] as? [String] } == [["editor"], ["editor"]])
        #expect(users.map { $0["username"] as? String } == ["vicky", "walter"])
        #expect(try json("user", "list", "nobody", as: [[String: Any]].self).isEmpty)
        let keys = try json("key", "list", as: [[String: Any]].self)
        #expect(keys.map { $0["id"] as? String } == (try run("key", "list").rows.map { $0[0] }))
        #expect(keys[0]["phase"] as? String == "signing" && keys[0]["verifies_until"] == nil)
        #expect(try json("key", "rotate", as: [String: Any].self)["phase"] as? String == "published")
        let services = try json("service", "list", as: [[String: Any]].self)
        #expect(services.map { $0["name"] as? String } == ["billing"])
        let settings = try json("settings", as: [[String: Any]].self)
        let cost = try #require(settings.first { $0["name"] as? String == "password.cost" })
        #expect(cost["variable"] as? String == "GATELODGE_PASSWORD_COST" && cost["default"] as? String == "10")
    }

    @Test func `JSON has what is shown of one account and its sessions`() throws {
        let site = try Site(
            ["GATELODGE_DATABASE_PATH": folder.url.appending(path: "var/gatelodge.db").path], withNginx: false)
        var login = ScenarioRequest.post("/login", #"{"username":"vicky","password":"\#(Server.password)"}"#)
        login.fields.append((name: "User-Agent", value: "a\u{1B}[31m\tb"))
        #expect(try site.sendPastNginx(login).status == 200)
        let user = try json("user", "show", "vicky", as: [String: Any].self)
        #expect(user["sessions"] as? Int == 1 && (user["last_used"] as? String)?.hasSuffix("Z") == true)
        let sessions = try json("user", "sessions", "vicky", as: [[String: Any]].self)
        #expect(sessions[0]["kind"] as? String == "tokens" && sessions[0]["user_agent"] as? String == "a [31m b")
        // What a client calls itself steers no terminal, and is one column: control characters are not kept.
        let line = try run("user", "sessions", "vicky").rows[0]
        #expect(line.count == 6 && line[5] == "a [31m b")
        #expect(try run("user", "sessions", "vicky", "--end", "--json").status == 64)
    }

    /// What a command writes to a terminal of its own, by script(1).
    private func onTerminal(_ command: String, _ environment: [String: String]) throws -> String {
        let child = try Child(
            URL(filePath: "/usr/bin/script"), ["-qec", "'\(Site.binary.path)' \(command)", "/dev/null"],
            environment: Site.environment.merging(environment) { $1 }, folder: folder.url)
        #expect(child.status() == 0)
        return child.text
    }

    @Test func `Colours are for terminals that want them`() throws {
        let disabled = "\u{1B}[33mdisabled\u{1B}[0m"
        #expect(try onTerminal("user list", ["TERM": "xterm"]).contains(disabled))
        #expect(try onTerminal("key list", ["TERM": "xterm"]).contains("\u{1B}[32msigning\u{1B}[0m"))
        for environment in [["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb"]] {
            let plain = try onTerminal("user list", environment)
            #expect(plain.contains("\tdisabled\t") && !plain.contains("\u{1B}"))
        }
        let piped = try CommandResult(["user", "list"], in: folder.url, settings: ["TERM": "xterm"])
        #expect(piped.text.contains("\tdisabled\t") && !piped.text.contains("\u{1B}"))
    }
}
