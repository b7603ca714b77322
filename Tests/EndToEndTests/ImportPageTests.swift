import Foundation
import TestSupport
import Testing

/// docs/import.md: its commands in their order, on small exports in Tests/TestVectors/exports.
@Suite(.timeLimit(.minutes(10))) struct ImportPageTests {
    private static let isPossible = OtherHashes.find("jq") != nil && OtherHashes.find("sqlite3") != nil

    @Test(.enabled(if: isPossible, "jq or sqlite3 is not there"))
    func `Every command of the page does what the page says`() throws {
        let folder = try TemporaryFolder()
        try prepare(folder)
        let page = try String(contentsOf: Site.checkout.appending(path: "docs/import.md"), encoding: .utf8)
        let blocks = page.split(separator: "```sh\n").dropFirst().compactMap { $0.split(separator: "\n```").first }
        #expect(blocks.count == 7)
        let environment = Site.environment.merging([
            "PATH": "\(Site.binary.deletingLastPathComponent().path):/usr/bin:/bin"
        ]) { $1 }
        var outputs: [String] = []
        for block in blocks {
            // Between systems whose accounts have the same names the instance is a new one, as for a reader of one section.
            if block.contains("ndjson"), !block.contains("export") { try folder.empty("var") }
            let child = try Child(
                URL(filePath: "/bin/bash"), ["-euo", "pipefail", "-c", String(block)], environment: environment,
                folder: folder.url)
            #expect(child.status() == 0, "\(block)\n\(child.errors)")
            outputs.append(child.text)
            try check(folder)
        }
        let added = outputs.map { text in
            text.split(separator: "\n").filter { $0.hasPrefix("added ") }.map { $0.split(separator: " ")[1] }
        }
        #expect(added == [["2"], ["2"], ["3"], ["4"], ["5"], ["2"], ["0"]])
    }

    /// Whoever is there and was not disabled logs in.
    private func check(_ folder: TemporaryFolder) throws {
        let rows = try CommandResult(["user", "list"], in: folder.url).rows
        let site = try Site(
            ["GATELODGE_DATABASE_PATH": folder.url.appending(path: "var/gatelodge.db").path], withNginx: false)
        for row in rows {
            let isOurs = row[4] != "bert" || row[3] == "editor"
            let password = isOurs ? Server.password : "x"
            let body = #"{"username":"\#(row[4])","password":"\#(password)"}"#
            let status = try site.sendPastNginx(.post("/api/login", body)).status
            #expect(status == (row[1] == "active" ? 200 : 401), "\(row)")
        }
    }

    private func prepare(_ folder: TemporaryFolder) throws {
        let exports = Site.checkout.appending(path: "Tests/TestVectors/exports")
        for name in ["supabase.csv", "keycloak.json", "kratos.json"] {
            try FileManager.default.copyItem(at: exports.appending(path: name), to: folder.url.appending(path: name))
        }
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "pb_data"), withIntermediateDirectories: true)
        let sql = try String(contentsOf: exports.appending(path: "pocketbase.sql"), encoding: .utf8)
        try sqlite("pb_data/data.db", sql, folder)
        let hashes = sql.split(separator: "'").filter { $0.hasPrefix("$2") }
        try sqlite(
            "app.db",
            """
            CREATE TABLE people (login TEXT, hash TEXT, role TEXT);
            INSERT INTO people VALUES ('erna', '\(hashes[0])', 'editor'), ('fred', '\(hashes[1])', '');
            """, folder)
    }

    private func sqlite(_ name: String, _ sql: String, _ folder: TemporaryFolder) throws {
        let program = try #require(OtherHashes.find("sqlite3"))
        let child = try Child(program, [name], folder: folder.url, input: [UInt8](sql.utf8))
        guard child.status() == 0 else { throw Site.Failure(description: child.errors) }
    }
}

extension TemporaryFolder {
    /// Removes what is in a folder of it.
    fileprivate func empty(_ name: String) throws {
        let folder = url.appending(path: name)
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            try FileManager.default.removeItem(at: folder.appending(path: file))
        }
    }
}
