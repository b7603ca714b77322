import Foundation
import TestSupport
import Testing

/// Where secrets may be kept, and where they are not to be seen.
@Suite struct SecretTests {
    private static let secret = "canary 7731: 8fK2-qLm7-xyzzy-9b4T-w3"
    private static let key = "canary-6114-key-between-nginx-and-us"

    /// Files that hold a secret, and the settings that name them.
    private static let files: [(name: String, settings: [String: String])] = [
        ("jwt.secret", ["GATELODGE_JWT_SECRET_FILE": "var/jwt.secret"]),
        ("fastcgi.key", ["GATELODGE_FASTCGI_KEY_FILE": "var/fastcgi.key"]),
        ("gatelodge.db.key", [:]), ("gatelodge.db", [:]),
    ]

    private func complaint(_ settings: [String: String], in folder: TemporaryFolder) throws -> String {
        let child = try Child(
            Site.binary, ["serve"], environment: Site.environment.merging(settings) { $1 }, folder: folder.url)
        defer { child.end() }
        let hasEnded = child.wait { !child.isRunning || child.errors.contains("\"ready\"") } && !child.isRunning
        guard hasEnded else { return "it started" }
        #expect(child.status() > 0)
        return child.errors
    }

    @Test(.promise(71), arguments: files)
    func `With a secret file that others may read, or of somebody else's, nothing starts`(
        _ name: String, _ settings: [String: String]
    ) throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "var/\(name)").path
        if !settings.isEmpty { try Self.secret.write(toFile: path, atomically: false, encoding: .utf8) }
        func set(mode: Int) throws {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        // A command makes what is not there yet, and with the right mode all is well.
        if !settings.isEmpty { try set(mode: 0o600) }
        #expect(try CommandResult(["user", "list"], in: folder.url, settings: settings).status == 0)
        #expect(try complaint(settings, in: folder) == "it started")
        for mode in [0o644, 0o640, 0o602] {
            try set(mode: mode)
            let complaint = try complaint(settings, in: folder)
            #expect(
                complaint.contains(name) && complaint.contains("has mode 0\(String(mode, radix: 8))"), "\(complaint)")
            #expect(!complaint.contains("canary"))
        }
        try set(mode: 0o600)
        // The database may belong to somebody else, for whom root then acts; whoever is not root cannot open it.
        guard geteuid() == 0, name != "gatelodge.db" else { return }
        #expect(unsafe chown(path, 4711, 4711) == 0)
        let complaint = try complaint(settings, in: folder)
        #expect(complaint.contains(name) && complaint.contains("belongs to"), "\(complaint)")
    }

    @Test(.promise(71)) func `No secret is in the log, in arguments or in what workers and hasher are given`() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "fastcgi.key").path
        try Self.key.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let site = try Site(
            [
                "GATELODGE_JWT_SECRET": Self.secret, "GATELODGE_FASTCGI_KEY_FILE": path,
                "GATELODGE_LOG_LEVEL": "trace", "GATELODGE_LOG_REQUESTS": "all",
            ], withNginx: false)
        for key in [Self.key, "wrong"] {
            _ = try site.server.ask(
                .post("/register", #"{"username":"vicky","password":"vicky@12345"}"#), parameters: [("AUTH_KEY", key)])
        }
        let masterKey = try String(
            contentsOf: site.folder.appending(path: "var/gatelodge.db.key"), encoding: .utf8
        ).trimmingCharacters(in: .newlines)
        let tree = ProcessTree(processID: site.gatelodge.processID)
        #expect(tree.children.count == 2)
        let given = tree.children.map { ProcessFacts(processID: $0).givenText }
        let ownArguments = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(site.gatelodge.processID)/cmdline"))
        site.gatelodge.end()
        let log = Data(site.gatelodge.errors.utf8)
        #expect(log.range(of: Data("AUTH_KEY".utf8)) != nil, "the log tells of the wrong key")
        for secret in [Self.secret, Self.key, masterKey] {
            for text in given + [ownArguments, log] { #expect(text.range(of: Data(secret.utf8)) == nil) }
        }
    }
}
