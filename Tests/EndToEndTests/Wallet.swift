import Foundation
import TestSupport
import Testing

/// An instance with one credential of each kind, and everything secret that it gave away.
final class Wallet {
    enum Kind: CaseIterable {
        case access, refresh, cookie, invite, reset, serviceSecret
        /// Good once, and too old now.
        case expiredAccess
        /// Of another instance, with the same issuer, audience and name.
        case foreignAccess
        /// Of a session that has ended.
        case endedAccess, endedRefresh, endedCookie
    }

    let serviceName = "reports"
    private(set) var secrets: [String] = []

    private static let issuer = ["GATELODGE_JWT_ISSUER": "https://example.org"]
    private let cluster: Cluster
    private let foreign: Site

    /// The one that is asked. The second one is there for its tokens, which do not last.
    var server: Server { cluster.servers[0] }

    init() throws {
        let settings = Self.issuer.merging(
            ["GATELODGE_LOG_LEVEL": "trace", "GATELODGE_REGISTRATION": "invite"]) { $1 }
        cluster = try Cluster(2, settings, own: [1: ["GATELODGE_JWT_LIFETIME": "1s"]])
        foreign = try Site(Self.issuer, withNginx: false)
        _ = try cluster.run("user", "add", "vicky", "--role", "admin", input: Server.password).output
        try foreign.server.register("vicky")
    }

    /// One of each kind, all of which are good at the same time as far as they are at all.
    func oneOfEach() throws -> [Kind: String] {
        // A code for a new password ends the sessions.
        let order = [Kind.reset] + Kind.allCases.filter { $0 != .reset }
        return Dictionary(uniqueKeysWithValues: try order.map { ($0, try make($0)) })
    }

    /// A fresh one.
    func make(_ kind: Kind) throws -> String {
        let credential = try makeUnnoted(kind)
        secrets.append(credential)
        return credential
    }

    private func makeUnnoted(_ kind: Kind) throws -> String {
        switch kind {
        case .access: return try server.logIn("vicky").access
        case .refresh: return try server.logIn("vicky").refresh
        case .cookie: return try server.logInForCookie("vicky")
        case .invite: return try cluster.run("user", "invite").output
        case .reset: return try cluster.run("user", "invite", "--reset", "vicky").output
        case .serviceSecret: return try cluster.run("service", "add", serviceName).output
        case .expiredAccess:
            let token = try cluster.servers[1].logIn("vicky").access
            _ = try #require(try secondsUntil { try !server.accepts(token) })
            return token
        case .foreignAccess:
            let token = try foreign.server.logIn("vicky").access
            #expect(try foreign.server.accepts(token))
            return token
        case .endedAccess, .endedRefresh:
            let tokens = try server.logIn("vicky")
            #expect(try server.ask(.with(tokens.access, "POST", "/api/logout")).status == 204)
            return kind == .endedAccess ? tokens.access : tokens.refresh
        case .endedCookie:
            let cookie = try server.logInForCookie("vicky")
            let fields = [("Cookie", "__Host-gatelodge=\(cookie)"), ("Sec-Fetch-Site", "same-origin")]
            #expect(try server.ask(ScenarioRequest("POST", "/api/logout", fields: fields)).status == 204)
            return cookie
        }
    }

    /// A credential has been used up, or its session has ended.
    func expectEnd(of kind: Kind, _ credential: String) throws {
        switch kind {
        case .access: #expect(try !server.accepts(credential))
        case .refresh: #expect(try server.refresh(credential).outcome == "401 session_revoked")
        case .cookie: #expect(try !server.accepts(cookie: credential))
        default: break
        }
    }

    /// Notes the secrets that replies gave away.
    func collect(_ replies: [ScenarioReply]) {
        for reply in replies {
            for name in ["token", "refresh_token"] { if let secret = reply.string(name) { secrets.append(secret) } }
        }
    }

    /// Nothing secret is in the log or in a file beside the database: neither what was given away nor the bytes that it
    /// stands for.
    func expectNoSecretOnDisk() throws {
        let kept = try server.logIn("vicky").refresh
        let digest = try sha256(kept)
        secrets += [kept, Server.password]
        let needles = secrets.map { Data($0.utf8) } + secrets.compactMap(randomBytes)
        #expect(needles.count > 2 * Kind.allCases.count)

        var files = try readFiles()
        #expect(files.contains { $0.value.range(of: digest) != nil }, "the hash of a token is there")
        for process in cluster.processes {
            process.signal(SIGTERM)
            #expect(process.status() == 0)
            files["the log of \(process.processID)"] = Data(process.errors.utf8)
        }
        #expect(
            files.values.contains { $0.range(of: Data("invalid_credentials".utf8)) != nil }, "the log tells of refusals"
        )
        files.merge(try readFiles()) { $0 + $1 }
        for (name, bytes) in files {
            for needle in needles where bytes.range(of: needle) != nil {
                Issue.record("\(name) holds \(String(decoding: needle.prefix(12), as: UTF8.self))…")
            }
        }
    }

    /// The random part of an opaque token, behind `glr_` and its like, as bytes.
    private func randomBytes(of secret: String) -> Data? {
        guard secret.hasPrefix("gl") else { return nil }
        let text = secret.dropFirst(4).replacing("-", with: "+").replacing("_", with: "/")
        let padded = String(text) + String(repeating: "=", count: (4 - text.count % 4) % 4)
        // That of a refresh token begins with its session's id and generation, which are no secret.
        return Data(base64Encoded: padded).map { $0.count > 32 ? $0.dropFirst(20).prefix(32) : $0 }
    }

    private func readFiles() throws -> [String: Data] {
        let folder = cluster.folder.appending(path: "var")
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            files[name] = try? Data(contentsOf: folder.appending(path: name))  // a socket cannot be read
        }
        return files
    }

    /// By another program.
    private func sha256(_ text: String) throws -> Data {
        let child = try Child(URL(fileURLWithPath: "/usr/bin/sha256sum"), [], input: [UInt8](text.utf8))
        #expect(child.status() == 0)
        let digits = Array(child.text.prefix(64))
        return Data(
            stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) })
    }
}
