import Foundation
import TestSupport
import Testing

/// The commands that need no server.
@Suite struct CommandTests {
    private let folder: URL

    init() throws {
        folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder.appending(path: "var"), withIntermediateDirectories: true)
    }

    private func run(_ arguments: String..., input: String = "") throws -> (status: Int32, text: String, errors: String)
    {
        let child = try Child(
            Site.binary, arguments, environment: Site.environment, folder: folder, input: [UInt8](input.utf8))
        return (child.status(), child.text, child.errors)
    }

    @Test func `A hash that was printed verifies its password alone`() throws {
        let hash = try run("password", "hash", input: "correct horse\n")
        #expect(hash.status == 0)
        #expect(hash.text.hasPrefix("$2b$10$"))
        let printed = hash.text.trimmingCharacters(in: .newlines)
        #expect(try run("password", "verify", printed, input: "correct horse").status == 0)
        #expect(try run("password", "verify", printed, input: "correct horse\n").status == 0)
        #expect(try run("password", "verify", printed, input: "correct horse\n\n").status == 1)
        #expect(try run("password", "verify", printed, input: "Correct horse").status == 1)
        #expect(try run("password", "verify", "$2b$10$tooshort", input: "x").status == 2)
        #expect(try run("password", "verify", "$2x$" + printed.dropFirst(4), input: "x").status == 2)
        #expect(try run("password", "verify", printed, input: String(repeating: "x", count: 1025)).status == 2)
        let wrong = try run("password", "verify", printed, input: "Correct horse")
        #expect(!wrong.errors.contains("orse"))
    }

    @Test func `Accounts are added, listed and given new passwords`() throws {
        #expect(try run("user", "add", "vicky", input: "vicky@12345\n").status == 0)
        let again = try run("user", "add", "VICKY", input: "vicky@12345\n")
        #expect(again.status == 1)
        #expect(again.errors.contains("taken"))
        let weak = try run("user", "add", "marlene", input: "1234567\n")
        #expect(weak.status == 1)
        #expect(weak.errors.contains("too_short"))
        #expect(try run("user", "add", "bob", input: "bob's long password").status == 0)
        let list = try run("user", "list")
        #expect(list.status == 0)
        #expect(list.text.contains("vicky") && list.text.contains("bob") && !list.text.contains("marlene"))
        #expect(!list.text.contains("$2b$"))
        #expect(try run("user", "password", "vicky", input: "another long one").status == 0)
        #expect(try run("user", "password", "nobody", input: "another long one").status == 1)

        let site = try Site(
            ["GATELODGE_DATABASE_PATH": folder.appending(path: "var/gatelodge.db").path], withNginx: false)
        let old = ScenarioRequest.post("/login", #"{"username":"vicky","password":"vicky@12345"}"#)
        #expect(try site.sendPastNginx(old).status == 401)
        let new = ScenarioRequest.post("/login", #"{"username":"vicky","password":"another long one"}"#)
        #expect(try site.sendPastNginx(new).status == 200)
    }

    @Test func `A token verifies against the key set that is published`() throws {
        let site = try Site(withNginx: false)
        let token = try #require(try site.registerVicky()["token"])
        let keys = try site.sendPastNginx(.get("/.well-known/jwks.json")).body
        let file = folder.appending(path: "keys.json")
        try keys.write(to: file, atomically: true, encoding: .utf8)
        let good = try run("token", "verify", "--jwks", file.path, input: token + "\n")
        #expect(good.status == 0)
        #expect(good.text.contains("\"username\":\"vicky\""))
        let late = try run("token", "verify", "--jwks", file.path, "--at", "99999999999", input: token)
        #expect(late.status == 1 && late.errors == "gatelodge: expired\n")
        let altered = try run("token", "verify", "--jwks", file.path, input: token.dropLast() + ".")
        #expect(altered.status == 1)
        #expect(try run("token", "verify", "--jwks", file.path, "--signature-only", input: token).text == good.text)
        #expect(try run("token", "verify", input: token).status == 64)
    }

    @Test func `A token of a shared secret verifies with its file`() throws {
        let secret = "a test secret that nobody else has: 8fK2-qLm7"
        let file = folder.appending(path: "secret")
        try (secret + "\n").write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        let site = try Site(["GATELODGE_JWT_SECRET_FILE": file.path], withNginx: false)
        let token = try #require(try site.registerVicky()["token"])
        #expect(try run("token", "verify", "--secret-file", file.path, input: token).status == 0)
        try "another secret that nobody else has: 9xZ1-pWn4".write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        #expect(try run("token", "verify", "--secret-file", file.path, input: token).status == 1)
    }

    @Test func `A check says what is good and what is not`() throws {
        let good = try run("check")
        #expect(good.status == 0, "\(good.errors)")
        try Data("no database".utf8).write(to: folder.appending(path: "var/gatelodge.db"))
        let bad = try run("check")
        #expect(bad.status == 1)
        #expect(bad.errors.contains("var/gatelodge.db") || bad.text.contains("var/gatelodge.db"))
    }

    @Test func `Every setting is listed`() throws {
        let list = try run("settings")
        #expect(list.status == 0)
        #expect(list.text.contains("jwt.secret_file") && list.text.contains("GATELODGE_SOCKET_PATH"))
    }

    @Test func `An unknown command is a usage error`() throws {
        #expect(try run("dance").status == 64)
        #expect(try run("--help").status == 0)
    }
}
