import Foundation
import GRDB
import Storage
import Testing

/// Databases as the binaries of schema 1 made them, and what those go on to do with ours. Statements and columns are theirs.
@Suite("From schema 1 to the newest schema and back")
struct SchemaStepTests {
    let folder: TemporaryFolder
    let id = AccountID.random()

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("A database of schema 1 keeps all its data, and its accounts and keys have what is new")
    func migration() async throws {
        try makeOldDatabase()
        let store = try Store(path: folder.file(), logger: silent)
        #expect(try store.findDiagnosis().schemaVersion == Schema.migrations.count)
        #expect(try store.findDiagnosis().damage == [])
        #expect(try store.findInstanceID() == "urn:uuid:old")
        let account = try #require(try store.findAccount(canonicalUsername: "vicky"))
        #expect(
            account
                == Account(
                    id: id, username: "Vicky", canonicalUsername: "vicky", passwordHash: "hash", roles: ["admin", "b"],
                    state: .disabled, createdUnixSeconds: 10, updatedUnixSeconds: 20, epoch: 0, passwordVersion: 0))
        #expect(
            try store.findSigningKeys() == [
                StoredSigningKey(
                    kid: "k1", algorithm: "ES256", privateKey: [1, 2], isSealed: false, state: .signing,
                    createdUnixSeconds: 30, signsFromUnixSeconds: 0, retiredUnixSeconds: nil,
                    longestLifetimeSeconds: 3_600)
            ])
        // What is new works with what is old.
        let enabled = try await store.updateState(id, to: .active, limits: sampleLimits, now: start)
        #expect(enabled.epoch == start)
        let session = sampleSession(of: account)
        _ = try await store.insertSession(session, passwordVersion: 0, limits: sampleLimits, now: start)
        #expect(try store.findSession(session.id) == session)
    }

    @Test("A binary of schema 1 goes on reading and writing, and what it wrote is whole for ours")
    func olderBinary() async throws {
        let store = try Store(path: folder.file(), logger: silent)
        #expect(try oldestBinary() == 1)
        let foreign = try ForeignConnection(folder.file())
        try foreign.execute(insertAccount, insertKey)
        try foreign.execute("UPDATE accounts SET password_hash = 'h2', updated = 21 WHERE id = '\(id)'")
        let account = try #require(try store.findAccount(id: id))
        #expect(account.epoch == 0 && account.passwordVersion == 0 && account.passwordHash == "h2")
        #expect(try store.findSigningKeys().map(\.isSealed) == [false])
        try foreign.execute("UPDATE accounts SET state = 'active' WHERE id = '\(id)'")
        _ = try await store.insertSession(
            sampleSession(of: account), passwordVersion: 0, limits: sampleLimits, now: start)
    }

    @Test("From the first sealed key on a binary of schema 1 is refused")
    func sealed() async throws {
        try makeOldDatabase()
        let store = try Store(path: folder.file(), logger: silent)
        #expect(try oldestBinary() == 1)
        for sealed: [UInt8] in [[9], [8]] {
            let rows = try store.updateSigningKeys { _ in
                var changes = SigningKeyChanges()
                changes.seals = [("k1", sealed)]
                return changes
            }
            // Once and not again.
            #expect(rows.map(\.privateKey) == [[9]])
        }
        #expect(try oldestBinary() == 2)
    }

    @Test("Two processes that find an old database migrate it once")
    func together() async throws {
        try makeOldDatabase()
        let path = folder.file()
        let stores = try await withThrowingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask { try await onThread { Result { try Store(path: path, logger: silent) } }.get() }
            }
            return try await group.reduce(into: [Store]()) { $0.append($1) }
        }
        for store in stores {
            #expect(try store.findAccount(id: id)?.username == "Vicky")
            #expect(try store.findDiagnosis().schemaVersion == Schema.migrations.count)
        }
    }

    private var insertAccount: String {
        """
        INSERT INTO accounts (id, username, canonical, password_hash, roles, state, created, updated)
        VALUES ('\(id)', 'Vicky', 'vicky', 'hash', 'admin b', 'disabled', 10, 20)
        """
    }

    private let insertKey = """
        INSERT INTO signing_keys (kid, algorithm, private_key, state, created) VALUES ('k1', 'ES256', x'0102', 'signing', 30)
        """

    private func makeOldDatabase() throws {
        let isMade = FileManager.default.createFile(
            atPath: folder.file(), contents: nil, attributes: [.posixPermissions: 0o600])
        #expect(isMade)
        try ForeignConnection(folder.file()).execute(
            "PRAGMA journal_mode = WAL",
            "CREATE TABLE instance (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
            """
            CREATE TABLE accounts (
                id TEXT PRIMARY KEY, username TEXT NOT NULL, canonical TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL,
                roles TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'active', created INTEGER NOT NULL,
                updated INTEGER NOT NULL) STRICT
            """,
            """
            CREATE TABLE signing_keys (
                kid TEXT PRIMARY KEY, algorithm TEXT NOT NULL, private_key BLOB NOT NULL, state TEXT NOT NULL,
                created INTEGER NOT NULL) STRICT
            """,
            "CREATE TABLE schema (version INTEGER NOT NULL, oldest_binary INTEGER NOT NULL) STRICT",
            "INSERT INTO schema VALUES (1, 1)",
            "PRAGMA application_id = \(0x4754_4C47)",
            "INSERT INTO instance VALUES ('id', 'urn:uuid:old')",
            insertAccount, insertKey)
    }

    private func oldestBinary() throws -> Int? {
        try DatabaseQueue(path: folder.file()).read { try Int.fetchOne($0, sql: "SELECT oldest_binary FROM schema") }
    }
}
