import Foundation
import TestSupport
import Testing

/// Hashes of other programs, from their making to bcrypt.
@Suite(.timeLimit(.minutes(10))) struct ImportedHashTests {
    @Test func `Hashes of PHP, Python, htpasswd and Go log in through nginx, and are bcrypt after that`() throws {
        let hashes = try OtherHashes.make(in: TemporaryFolder())
        print("\(hashes.count) kinds: \(hashes.map(\.name).joined(separator: " "))")
        try #require(!hashes.isEmpty, "there is no program that makes hashes")
        // The paths of PHP's and htpasswd's hashes are always there: `make test` installs both.
        #expect(hashes.contains { $0.name == "htpasswd-B" } && hashes.contains { $0.name == "php-PASSWORD_BCRYPT" })
        let site = try Site()
        let lines = try hashes.enumerated().map { number, made in
            let user: [String: Any] = ["username": "user\(number)", "password_hash": made.hash]
            return String(decoding: try JSONSerialization.data(withJSONObject: user), as: UTF8.self)
        }
        let imported = try site.run("user", "import", "-", input: lines.joined(separator: "\n"))
        #expect(imported.status == 0, "\(imported.errors)")
        for (number, made) in hashes.enumerated() {
            #expect(try logIn("user\(number)", "vicky@12345x", site) == "401 invalid_credentials", "\(made.name)")
            #expect(try logIn("user\(number)", OtherHashes.password, site) == "200", "\(made.name)")
        }
        // Upgrades follow the answers, and where many come at once at a later login.
        let isUpgraded = try secondsUntil {
            let rest = try remaining(site)
            for name in rest { #expect(try logIn(name, OtherHashes.password, site) == "200") }
            return rest.isEmpty
        }
        #expect(isUpgraded != nil)
        for number in stride(from: 0, to: hashes.count, by: 4) {
            #expect(try logIn("user\(number)", "vicky@12345x", site) == "401 invalid_credentials")
            #expect(try logIn("user\(number)", OtherHashes.password, site) == "200")
        }
        #expect(!site.gatelodge.errors.contains("$"), "no hash in the log")
        // What verified them was loaded in the hasher, and nowhere else.
        let tree = ProcessTree(processID: site.gatelodge.processID)
        guard let maps = Self.maps(of: tree.hasher) else { return }
        #expect(
            maps.contains("libargon2") == hashes.contains { $0.name.contains("argon2") || $0.name.contains("ARGON2") })
        #expect(maps.contains("libcrypt.so"))
        for worker in tree.workers { #expect(Self.maps(of: worker)?.contains("libcrypt.so") == false) }
    }

    /// What is mapped into a process; nil where this user may not see it.
    private static func maps(of processID: Int32?) -> String? {
        guard let processID else { return nil }
        // In as many pieces as the system gives it in; it tells no length before.
        let bytes = try? FileHandle(forReadingAtPath: "/proc/\(processID)/maps")?.readToEnd()
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Who has a hash that is not ours.
    private func remaining(_ site: Site) throws -> [String] {
        try site.run("user", "export").text.split(separator: "\n").compactMap { line in
            let user = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard let hash = user?["password_hash"] as? String, let name = user?["username"] as? String else {
                return nil
            }
            return hash.hasPrefix("$2b$04$") || hash.hasPrefix("$bcrypt-sha256$v=2,t=2b,r=4$") ? nil : name
        }
    }

    private func logIn(_ name: String, _ password: String, _ site: Site) throws -> String {
        try site.send(.post("/api/login", #"{"username":"\#(name)","password":"\#(password)"}"#)).outcome
    }
}
