import Foundation
import TestSupport
import Testing

/// `gatelodge user`: what it prints, and what it refuses.
@Suite struct UserCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        #expect(
            try run("user", "add", "Vicky", "--role", "editor", "--role", "admin", input: Server.password).status == 0)
        #expect(try run("user", "add", "marlene", input: Server.password).status == 0)
    }

    private func run(_ arguments: String..., input: String = "") throws -> CommandResult {
        try CommandResult(arguments, in: folder.url, input: input)
    }

    @Test func `A list has id, state, time, roles and name in columns`() throws {
        let rows = try run("user", "list").rows
        #expect(rows.map { $0.last } == ["marlene", "Vicky"])
        #expect(rows.map { $0[1] } == ["active", "active"])
        #expect(rows.map { $0[3] } == ["", "editor,admin"])
        #expect(rows.allSatisfy { $0.count == 5 && $0[2].hasSuffix("Z") })
        #expect(try run("user", "list", "VI").rows.map { $0.last } == ["Vicky"])
        #expect(try run("user", "list", "%").text.isEmpty)
        #expect(try run("user", "list", "nobody").text.isEmpty)
    }

    @Test func `One account is shown with its state, roles and sessions`() throws {
        let site = try Site(
            ["GATELODGE_DATABASE_PATH": folder.url.appending(path: "var/gatelodge.db").path], withNginx: false)
        func show() throws -> [String: String] {
            let lines = try run("user", "show", "vicky").output.split(separator: "\n")
            return Dictionary(
                uniqueKeysWithValues: lines.map { line in
                    (
                        line.prefix(12).trimmingCharacters(in: .whitespaces),
                        line.dropFirst(12).trimmingCharacters(in: .whitespaces)
                    )
                })
        }
        var shown = try show()
        #expect(shown["username"] == "Vicky" && shown["state"] == "active" && shown["roles"] == "editor,admin")
        #expect(shown["sessions"] == "0" && shown["last used"] == nil)
        let session = try UnverifiedToken(site.server.logIn("vicky").access)
        _ = try site.server.logInForCookie("vicky")
        shown = try show()
        #expect(shown["sessions"] == "2" && shown["last used"] != nil && shown["id"] == session.subject)
        let sessions = try run("user", "sessions", "vicky").rows
        #expect(sessions.map { $0[1] } == ["cookie", "tokens"])
        #expect(sessions[1][0] == session.sessionID)
        #expect(sessions.allSatisfy { $0.count == 6 && $0[4] == "127.0.0.1" })
        #expect(try run("user", "sessions", "vicky", "--end").text == "ended 2\n")
        #expect(try run("user", "sessions", "vicky", "--end").text == "ended 0\n")
        #expect(try run("user", "sessions", "vicky").text.isEmpty)
        #expect(try run("user", "role", "vicky").status == 0)
        #expect(try run("user", "disable", "vicky").status == 0)
        shown = try show()
        #expect(shown["state"] == "disabled" && shown["roles"] == "" && shown["sessions"] == "0")
    }

    static let unknown: [[String]] = [
        ["user", "show", "nobody"], ["user", "password", "nobody"], ["user", "role", "nobody", "editor"],
        ["user", "disable", "nobody"], ["user", "enable", "nobody"], ["user", "unlock", "nobody"],
        ["user", "delete", "nobody", "--yes"],
        ["user", "sessions", "nobody"], ["user", "sessions", "nobody", "--end"],
        ["user", "invite", "--reset", "nobody"],
        ["user", "show", "a:b"], ["user", "show", ""],
    ]

    @Test(arguments: unknown)
    func `An account that is not there is an error`(arguments: [String]) throws {
        let result = try CommandResult(arguments, in: folder.url, input: "another long one")
        #expect(result.status == 1)
        #expect(result.text.isEmpty)
        #expect(result.errors == "gatelodge: there is no account of this name\n")
    }

    static let refusals: [([String], Int32, String)] = [
        (["user", "role", "vicky", "Editor"], 1, "gatelodge: an account has at most 16 roles"),
        (["user", "role", "vicky", "a", "a"], 1, "gatelodge: an account has at most 16 roles"),
        (["user", "role", "vicky"] + (0..<17).map { "r\($0)" }, 1, "gatelodge: an account has at most 16 roles"),
        (["user", "add", "new", "--role", "a b"], 1, "gatelodge: an account has at most 16 roles"),
        (["user", "add", "a:b"], 1, "gatelodge: this username cannot be used: "),
        (["user", "add", "VICKY"], 1, "gatelodge: this username is taken\n"),
        (["user", "delete", "vicky"], 1, "gatelodge: this cannot be undone; say --yes"),
        (["user", "invite", "--role", "A"], 1, "gatelodge: an account has at most 16 roles"),
        (["user", "invite", "--reset", "vicky", "--role", "a"], 64, "Error: "),
        (["user", "invite", "--valid-for", "soon"], 64, "Error: "),
        (["user", "invite", "--valid-for", "0s"], 64, "Error: "),
    ]

    @Test(arguments: refusals)
    func `What is refused changes nothing`(_ arguments: [String], _ status: Int32, _ errors: String) throws {
        let before = try run("user", "list").text
        let result = try CommandResult(arguments, in: folder.url, input: "another long one")
        #expect(result.status == status)
        #expect(result.errors.hasPrefix(errors), "\(result.errors)")
        #expect(result.text.isEmpty)
        #expect(try run("user", "list").text == before)
    }

    @Test func `A deleted account is gone from all but its name`() throws {
        #expect(try run("user", "delete", "VICKY", "--yes").status == 0)
        let rows = try run("user", "list").rows
        #expect(rows.map { $0[1] } == ["active", "deleted"])
        #expect(rows[1][3] == "")
        let before = try auditRows(in: folder.url, event: "account_add")
        let again = try run("user", "add", "vicky", input: Server.password)
        #expect(again.status == 1 && again.errors == "gatelodge: this username is taken\n")
        #expect(try auditRows(in: folder.url, event: "account_add") == before + ["username_taken"])
    }
}
