import Foundation
import TestSupport
import Testing

/// The programs elsewhere that verify tokens with the public keys alone.
@Suite struct VerifyExampleTests {
    private static let folder = Site.checkout.appending(path: "Examples/verify").path

    /// The Python that `make test` has prepared.
    private static let python =
        ProcessInfo.processInfo.environment["JWT_INTEROP_PYTHON"]
        ?? Site.checkout.appending(path: ".build-interop/bin/python").path

    private static func isThere(_ program: String) -> Bool { FileManager.default.isExecutableFile(atPath: program) }

    @Test(.enabled(if: isThere(python), "there is no Python with pyjwt (JWT_INTEROP_PYTHON)"))
    func `PyJWT lets good tokens pass, alone`() throws {
        try Self.judge(by: "'\(Self.python)' '\(Self.folder)/verify.py'")
    }

    @Test(.enabled(if: isThere("/usr/bin/php"), "PHP is not installed"))
    func `PHP lets good tokens pass, alone`() throws {
        try Self.judge(by: "php '\(Self.folder)/verify.php'")
    }

    @Test(.enabled(if: isThere("/usr/bin/go"), "Go is not installed"))
    func `Go lets good tokens pass, alone`() throws {
        try Self.judge(by: "go run '\(Self.folder)/verify.go'")
    }

    private static func judge(by program: String) throws {
        let site = try Site(["GATELODGE_JWT_ISSUER": "https://example.org"])
        try site.server.register("vicky")
        let good = try site.server.logIn("vicky").access
        let subject = try UnverifiedToken(good).subject
        let forge = try IssuerForge(site, like: good)
        let parts = good.split(separator: ".")
        let now = Int(Date().timeIntervalSince1970)
        let tokens: [(name: String, token: String, isGood: Bool)] = [
            ("the issued one", good, true),
            ("a forged one that differs in nothing", try forge.token(), true),
            ("several audiences", try forge.token(claims: ["aud": ["x", "https://example.org"]]), true),
            ("an altered signature", good.altered, false),
            ("another payload", "\(parts[0]).\(parts[1].dropLast(4))AAAA.\(parts[2])", false),
            ("expired", try forge.token(claims: ["exp": now - 1]), false),
            ("no expiry", try forge.token(claims: ["exp": nil as Any?]), false),
            ("another issuer", try forge.token(claims: ["iss": "https://example.com"]), false),
            ("no issuer", try forge.token(claims: ["iss": nil as Any?]), false),
            ("another audience", try forge.token(claims: ["aud": "https://example.com"]), false),
            ("no audience", try forge.token(claims: ["aud": nil as Any?]), false),
            ("another type", try forge.token(header: ["typ": "JWT"]), false),
            ("no type", try forge.token(header: ["typ": nil as Any?]), false),
            ("a type that is no text", try forge.token(header: ["typ": 7]), false),
            ("crit", try forge.token(header: ["crit": ["exp"]]), false),
            ("none", try forge.token(header: ["alg": "none"]), false),
            (
                "none and no signature",
                try forge.token(header: ["alg": "none"]).prefix { $0 != "." } + ".\(parts[1]).", false
            ),
            ("HS256", try forge.token(header: ["alg": "HS256"]), false),
            ("RS256", try forge.token(header: ["alg": "RS256"]), false),
            ("an unknown key", try forge.token(header: ["kid": "unknown"]), false),
            ("another unknown key", try forge.token(header: ["kid": "../../etc/passwd"]), false),
            ("no key", try forge.token(header: ["kid": nil as Any?]), false),
            ("two parts", "\(parts[0]).\(parts[1])", false),
            ("four parts", good + ".", false),
            ("padding", good + "=", false),
            ("garbage", "garbage", false),
            ("nothing", "", false),
        ]
        let lines = tokens.map(\.token).joined(separator: "\n") + "\n"
        try lines.write(to: site.folder.appending(path: "first"), atomically: true, encoding: .utf8)
        // After the first tokens the next one again and again, until it is accepted.
        let script = """
            { cat first; until [ -e done ]; do cat next 2>/dev/null; sleep 0.2; done; } |
                \(program) http://127.0.0.1:\(site.port)/.well-known/jwks.json https://example.org jwks.json
            """
        let verifier = try Child(
            URL(filePath: "/bin/bash"), ["-c", script],
            environment: ["PATH": "/usr/bin:/bin", "HOME": site.folder.path, "LANG": "C.UTF-8"], folder: site.folder)
        defer { verifier.end() }
        let isDone = secondsUntil(limit: 120) {
            !verifier.isRunning || verifier.text.count { $0 == "\n" } >= tokens.count
        }
        try #require(isDone != nil && verifier.isRunning, "\(verifier.text) \(verifier.errors)")
        for (row, said) in zip(tokens, verifier.text.split(separator: "\n")) {
            #expect(row.isGood ? said == "vicky \(subject)" : said.hasPrefix("refused: "), "\(row.name): \(said)")
        }
        // Unknown keys did not make it ask again at once.
        #expect(try fetches(at: site) == 1)

        let accepted = verifier.text.split(separator: "\n").count { !$0.hasPrefix("refused: ") }
        _ = try site.run("key", "rotate", "--now").output
        var next = good
        let isSigning = try secondsUntil {
            next = try site.server.logIn("vicky").access
            return try UnverifiedToken(next).keyID != UnverifiedToken(good).keyID
        }
        try #require(isSigning != nil)
        try (next + "\n").write(to: site.folder.appending(path: "next"), atomically: true, encoding: .utf8)
        let isKnown = secondsUntil {
            verifier.text.split(separator: "\n").count { !$0.hasPrefix("refused: ") } > accepted
        }
        #expect(isKnown != nil, "\(verifier.text) \(verifier.errors)")
        #expect(try fetches(at: site) == 2)
        try Data().write(to: site.folder.appending(path: "done"))
    }

    private static func fetches(at site: Site) throws -> Int {
        let log = try String(contentsOf: site.folder.appending(path: "var/nginx/access.log"), encoding: .utf8)
        return log.split(separator: "\n").count { $0.contains("jwks.json") }
    }
}
