import Foundation
import TestSupport
import Testing

/// `gatelodge key` beside a running instance.
@Suite struct KeyCommandTests {
    private func seconds(_ time: String) throws -> Double {
        try #require(try? Date(time, strategy: .iso8601)).timeIntervalSince1970
    }

    @Test func `The list has a line for each key: id, algorithm, phase, its beginning and its end`() throws {
        let site = try Site(withNginx: false)
        let first = try site.run("key", "list").rows
        #expect(first.count == 1)
        #expect(first[0].count == 5)
        #expect(Array(first[0][1...2]) == ["ES256", "signing"])
        #expect(first[0][4] == "-")
        let made = try site.run("key", "rotate").rows
        #expect(Array(made[0][1...2]) == ["ES256", "published"])
        let both = try site.run("key", "list").rows
        #expect(both.map(\.first) == [first[0][0], made[0][0]])
        #expect(both.map { $0[2] } == ["signing", "published"])
        let begin = try seconds(both[1][3])
        #expect(abs(begin - Date().timeIntervalSince1970 - 600) < 60)
        // A token of the last second that it signs in, and a minute for the clocks.
        #expect(try seconds(both[0][4]) == begin + 3600 + 60)
        #expect(both[1][4] == "-")
        // The instance publishes both and signs with the first.
        let isPublished = try secondsUntil {
            let set = try site.sendPastNginx(.get("/.well-known/jwks.json")).body
            return both.allSatisfy { set.contains($0[0]) }
        }
        #expect(isPublished != nil)
        try site.server.register("vicky")
        #expect(try UnverifiedToken(site.server.logIn("vicky").access).keyID == first[0][0])
    }

    @Test(arguments: ["ES256", "EdDSA", "PS256", "RS256"])
    func `A rotation to another algorithm keeps the tokens of before`(algorithm: String) throws {
        let site = try Site(withNginx: false)
        try site.server.register("vicky")
        let old = try site.server.logIn("vicky").access
        let made = try site.run("key", "rotate", "--now", "--algorithm", algorithm).rows
        let key = try #require(made.first?.first)
        // By refreshing: a hundred logins would end the oldest session.
        var tokens = try site.server.logIn("vicky")
        let seconds = try secondsUntil {
            tokens = try Tokens(site.server.refresh(tokens.refresh))
            return try UnverifiedToken(tokens.access).keyID == key
        }
        #expect(seconds != nil)
        #expect(try UnverifiedToken(tokens.access).algorithm == algorithm)
        #expect(try site.server.accepts(tokens.access) && site.server.accepts(old))
        #expect(try !site.server.accepts(tokens.access.altered))
        #expect(try site.run("key", "list").rows.map { $0[2] } == ["retired", "signing"])
    }

    @Test func `A private key goes out and comes in elsewhere, where its tokens are then good`() throws {
        let settings = ["GATELODGE_JWT_ISSUER": "https://example.org"]
        let (here, there) = (try Site(settings, withNginx: false), try Site(settings, withNginx: false))
        try here.server.register("vicky")
        try there.server.register("vicky")
        let token = try here.server.logIn("vicky").access
        let key = try UnverifiedToken(token).keyID
        let pem = try here.run("key", "export", key, "--private").output
        #expect(try auditRows(in: here.folder, event: "key_export") == ["ok"])
        #expect(pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n") && pem.hasSuffix("-----END PRIVATE KEY-----"))
        #expect(try here.server.accepts(token) && !there.server.accepts(token))
        let imported = try there.run("key", "import", "--now", input: pem + "\n").rows
        #expect(imported.first?.first == key)
        #expect(try secondsUntil { try there.server.accepts(token) } != nil)
        // And it signs there.
        let signs = try secondsUntil { try UnverifiedToken(there.server.logIn("vicky").access).keyID == key }
        #expect(signs != nil)
        #expect(try here.server.accepts(there.server.logIn("vicky").access))
        let again = try there.run("key", "import", input: pem)
        #expect(again.status == 1)
        #expect(again.errors == "gatelodge: this key is there already\n")

        // In the database it is sealed, with the key that lies beside it.
        let base64 = pem.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
        let bytes = try #require(Data(base64Encoded: base64))
        let scalar = bytes.dropFirst(36).prefix(32)  // of SEC 1's ECPrivateKey in PKCS #8
        for site in [here, there] {
            for name in ["gatelodge.db", "gatelodge.db-wal"] {
                let content = try Data(contentsOf: site.folder.appending(path: "var/\(name)"))
                #expect(content.range(of: scalar) == nil && content.range(of: bytes) == nil, "in \(name)")
            }
            #expect(!site.gatelodge.errors.contains(base64.prefix(40)))
        }
    }

    @Test func `The public half is a key set against which tokens verify`() throws {
        let site = try Site(withNginx: false)
        try site.server.register("vicky")
        let token = try site.server.logIn("vicky").access
        let set = try site.run("key", "export", UnverifiedToken(token).keyID).output
        #expect(set.contains(#""keys":["#) && !set.contains(#""d":"#))
        let file = site.folder.appending(path: "set.json")
        try set.write(to: file, atomically: true, encoding: .utf8)
        #expect(try site.run("token", "verify", "--jwks", file.path, input: token).status == 0)
        #expect(try site.run("token", "verify", "--jwks", file.path, input: token.altered).status == 1)
    }

    @Test func `From a shared secret to ES256 nobody is logged out`() throws {
        let secret = ["GATELODGE_JWT_SECRET": "a test secret that nobody else has: 8fK2-qLm7"]
        let site = try Site(secret, withNginx: false)
        try site.server.register("vicky")
        let old = try site.server.logIn("vicky")
        #expect(try UnverifiedToken(old.access).algorithm == "HS256")
        try site.restart(secret.merging(["GATELODGE_JWT_ALGORITHM": "ES256"]) { $1 })
        let new = try site.server.logIn("vicky")
        #expect(try UnverifiedToken(new.access).algorithm == "ES256")
        #expect(try site.server.accepts(old.access) && site.server.accepts(new.access))
        let refreshed = try Tokens(site.server.refresh(old.refresh))
        #expect(try UnverifiedToken(refreshed.access).algorithm == "ES256")
        let set = try site.sendPastNginx(.get("/.well-known/jwks.json")).body
        #expect(set.contains(#""kty":"EC""#) && !set.contains("oct") && !set.contains(#""k":"#))
        // When the last of its tokens has expired, the secret may go.
        try site.restart()
        #expect(try !site.server.accepts(old.access))
        #expect(try site.server.accepts(new.access) && site.server.accepts(refreshed.access))
    }

    static let refusals: [([String], String, Int32, String)] = [
        (["key", "retire", "nothing"], "", 1, "gatelodge: there is no key of this id\n"),
        (["key", "retire", "nothing", "--drop"], "", 1, "gatelodge: there is no key of this id\n"),
        (["key", "export", "nothing"], "", 1, "gatelodge: there is no key of this id\n"),
        (["key", "export", "nothing", "--private"], "", 1, "gatelodge: there is no key of this id\n"),
        (["key", "import"], "no key", 1, "gatelodge: this key cannot be used: "),
        (["key", "import"], #"{"kty":"EC"}"#, 1, "gatelodge: this key cannot be used: "),
        (["key", "import"], "", 1, "gatelodge: this key cannot be used: "),
        (["key", "import"], String(repeating: "x", count: 64 * 1024 + 2), 1, "gatelodge: the key is too long\n"),
        (["key", "rotate", "--algorithm", "HS256"], "", 1, "gatelodge: this key cannot be used: "),
        (["key", "rotate", "--algorithm", "none"], "", 64, "Error: "),
        (["key", "rotate", "--soon"], "", 64, "Error: "),
        (["key"], "", 0, ""),
    ]

    @Test(arguments: refusals)
    func `What cannot be done is said in a sentence and changes nothing`(
        _ arguments: [String], _ input: String, _ status: Int32, _ errors: String
    ) throws {
        let folder = try TemporaryFolder()
        let before = try CommandResult(["key", "list"], in: folder.url).text
        let result = try CommandResult(arguments, in: folder.url, input: input)
        #expect(result.status == status)
        #expect(result.errors.hasPrefix(errors), "\(result.errors)")
        if status == 1 { #expect(result.text.isEmpty && result.errors.split(separator: "\n").count == 1) }
        #expect(try CommandResult(["key", "list"], in: folder.url).text == before)
    }

    @Test func `Without the master key no command and no instance starts`() throws {
        let folder = try TemporaryFolder()
        #expect(try CommandResult(["key", "list"], in: folder.url).status == 0)
        let file = folder.url.appending(path: "var/gatelodge.db.key")
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        func refusal() throws -> String {
            let result = try CommandResult(["key", "list"], in: folder.url)
            #expect(result.status == 1)
            #expect(result.text.isEmpty)
            let start = try CommandResult(["serve"], in: folder.url)
            #expect(start.status == 1)
            return result.errors
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        #expect(try refusal().contains("gatelodge.db.key"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        #expect(try CommandResult(["key", "list"], in: folder.url).status == 0)
        let key = try Data(contentsOf: file)
        try FileManager.default.removeItem(at: file)
        #expect(try refusal().contains("gatelodge.db.key"))
        #expect(!FileManager.default.fileExists(atPath: file.path))
        // Put back, everything is as before.
        try key.write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        #expect(try CommandResult(["key", "list"], in: folder.url).rows.count == 1)
    }
}
