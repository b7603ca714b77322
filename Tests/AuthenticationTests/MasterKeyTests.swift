import Authentication
import Foundation
import JWT
import Storage
import TestSupport
import Testing

@Suite("The master key")
struct MasterKeyTests {
    let folder: TemporaryFolder
    private var path: String { folder.database + ".key" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func contents() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func write(_ text: String, mode: Int = 0o600) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test("The first start makes it for its owner alone, and leaves nothing else behind")
    func made() throws {
        _ = try Harness(in: folder)
        #expect(try mode(path) == 0o600)
        let text = try contents()
        #expect(text.utf8.count == 44 && text.hasSuffix("\n"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.filter { $0.contains("key") } == ["gatelodge.sqlite.key"])
        _ = try Harness(in: folder)
        #expect(try contents() == text)
    }

    @Test("Processes that start at once agree on one")
    func race() async throws {
        let folder = folder
        let harnesses = try await withThrowingTaskGroup(of: Harness.self) { group in
            for _ in 0..<8 { group.addTask { try Harness(in: folder) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let login = try await harnesses[0].logIn()
        for harness in harnesses { #expect(harness.refusal(of: login) == nil) }
        let successors = try await withThrowingTaskGroup(of: String?.self) { group in
            for harness in harnesses { group.addTask { try await harness.refresh(login).refreshToken } }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(successors.count == 1)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.filter { $0.contains("key") } == ["gatelodge.sqlite.key"])
    }

    @Test("A setting says where it is")
    func setting() throws {
        let elsewhere = folder.path + "/master"
        _ = try Harness(in: folder) { $0.masterKeyPath = elsewhere }
        #expect(try mode(elsewhere) == 0o600)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("A file that others may use stops the start", .promise(71), arguments: [0o640, 0o604, 0o620, 0o666, 0o610])
    func permissions(mode: Int) throws {
        _ = try Harness(in: folder)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        #expect(
            throws: AuthenticatorStartError.masterKey(
                path: path, .permissionsTooOpen(mode: UInt32(mode)))
        ) { try Harness(in: folder) }
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
        _ = try Harness(in: folder)
    }

    @Test(
        "A file of somebody else's stops the start", .promise(71),
        .enabled(if: geteuid() == 0, "only root can give files away"))
    func owner() throws {
        _ = try Harness(in: folder)
        try #require(unsafe chown(path, 65534, 65534) == 0)
        #expect(throws: AuthenticatorStartError.masterKey(path: path, .foreignOwner(userID: 65534))) {
            try Harness(in: folder)
        }
        try #require(unsafe chown(path, 0, 0) == 0)
        _ = try Harness(in: folder)
    }

    @Test(
        "What is no master key stops the start, and stays as it is",
        arguments: [
            "", "\n", "x", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
            String(repeating: "A", count: 43) + "\n\n", String(repeating: "A", count: 42) + "B",
            String(repeating: "=", count: 43), String(repeating: "A", count: 10_000),
        ])
    func malformed(text: String) throws {
        try write(text)
        #expect(throws: AuthenticatorStartError.masterKey(path: path, .malformed)) { try Harness(in: folder) }
        #expect(try contents() == text)
    }

    @Test("One without a newline will do")
    func noNewline() throws {
        try write(String(repeating: "A", count: 43))
        _ = try Harness(in: folder)
    }

    @Test("A folder or a pipe in its place stops the start", arguments: [true, false])
    func notAFile(isFolder: Bool) throws {
        if isFolder {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        } else {
            let made = unsafe mkfifo(path, 0o600)
            try #require(made == 0)
        }
        #expect(throws: AuthenticatorStartError.masterKey(path: path, .notAFile)) { try Harness(in: folder) }
    }

    @Test("Without it, or with another one, a database with sealed keys does not start, and stays as it is")
    func missingOrWrong() throws {
        let kid = try #require(try Harness(in: folder).authenticator.findKeys().first?.id)
        let right = try contents()
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: AuthenticatorStartError.masterKey(path: path, .missing(sealedKeys: 1))) {
            try Harness(in: folder)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
        try write(String(repeating: "A", count: 43) + "\n")
        #expect(throws: AuthenticatorStartError.masterKey(path: path, .wrong(kid: kid))) { try Harness(in: folder) }
        try write(right)
        #expect(try Harness(in: folder).authenticator.findKeys().map(\.id) == [kid])
    }

    @Test("Keys are stored sealed; those of before are sealed at the start, and go on signing")
    func sealing() async throws {
        let store = try Store(path: folder.database, logger: silent)
        let key = SigningKey.generate(.es256)
        let plain = try #require(key.pkcs8())
        try await store.insertSigningKey(
            StoredSigningKey(kid: key.keyID, algorithm: "ES256", privateKey: plain, createdUnixSeconds: 1))
        let harness = try Harness(in: folder)
        let row = try #require(try store.findSigningKeys().first)
        #expect(row.isSealed)
        #expect(row.privateKey.count == plain.count + 28)
        #expect(try harness.authenticator.findKeys().map(\.id) == [key.keyID])
        #expect(harness.refusal(of: try await harness.logIn()) == nil)
        // Neither in the file nor in its log.
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let bytes = try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)"))
            #expect(bytes.range(of: Data(plain[plain.count / 2..<plain.count / 2 + 20])) == nil, "\(name)")
        }
    }

    @Test("A sealed key cannot be moved to another row")
    func moved() async throws {
        let harness = try Harness(in: folder)
        try await harness.authenticator.rotateKey()
        let rows = try harness.store.findSigningKeys()
        for row in rows { _ = try await harness.store.deleteSigningKey(row.kid) }
        try await harness.store.insertSigningKey(
            StoredSigningKey(
                kid: rows[0].kid, algorithm: rows[0].algorithm, privateKey: rows[1].privateKey, isSealed: true,
                createdUnixSeconds: 1))
        #expect(throws: AuthenticatorStartError.masterKey(path: path, .wrong(kid: rows[0].kid))) {
            try Harness(in: folder)
        }
    }
}
