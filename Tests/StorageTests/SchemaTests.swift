import GRDB
import Storage
import Testing

@Suite("The schema and older or newer binaries")
struct SchemaTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try Store(path: folder.file(), logger: silent).close()
    }

    @Test("A newer schema that this binary may still use is used, and not taken back")
    func newerCompatible() async throws {
        try change("UPDATE schema SET version = 7", "ALTER TABLE accounts ADD COLUMN later TEXT")
        let store = try Store(path: folder.file(), logger: silent)
        try await store.insertAccount(sampleAccount())
        #expect(try store.findAccount(canonicalUsername: "vicky") != nil)
        #expect(try store.findDiagnosis().schemaVersion == 7)
    }

    @Test("A column that another process adds disturbs no statement that is already prepared")
    func additionWhileOpen() async throws {
        let store = try Store(path: folder.file(), logger: silent)
        let account = sampleAccount()
        try await store.insertAccount(account)
        #expect(try store.findAccount(id: account.id) == account)
        try change("ALTER TABLE accounts ADD COLUMN later TEXT NOT NULL DEFAULT 'x'")
        #expect(try store.findAccount(id: account.id) == account)
        try await store.insertAccount(sampleAccount("other"))
        #expect(try store.findAccounts(limit: 9).count == 2)
    }

    @Test("A schema that needs a newer binary is refused")
    func newerIncompatible() throws {
        try change("UPDATE schema SET version = 9, oldest_binary = 8")
        #expect(
            throws: StorageError.newerSchema(path: folder.file(), oldestBinary: 8, thisBinary: Schema.migrations.count)
        ) {
            try Store(path: folder.file(), logger: silent)
        }
    }

    @Test(
        "A schema table that makes no sense is damage",
        arguments: ["DELETE FROM schema", "UPDATE schema SET version = -1"])
    func damaged(statement: String) throws {
        try change(statement)
        #expect { try Store(path: folder.file(), logger: silent) } throws: { error in
            if case StorageError.corrupt = error { true } else { false }
        }
    }

    @Test("A row that makes no sense is damage, not a crash", arguments: ["id = 'x'", "id = 'ABC'"])
    func damagedRow(assignment: String) async throws {
        let store = try Store(path: folder.file(), logger: silent)
        try await store.insertAccount(sampleAccount())
        try change("UPDATE accounts SET \(assignment)")
        #expect { try store.findAccount(canonicalUsername: "vicky") } throws: { error in
            if case StorageError.corrupt = error { true } else { false }
        }
    }

    @Test("A state that this binary does not know lets nobody in")
    func unknownState() async throws {
        let store = try Store(path: folder.file(), logger: silent)
        try await store.insertAccount(sampleAccount())
        try change("UPDATE accounts SET state = 'later'")
        #expect(try store.findAccount(canonicalUsername: "vicky")?.state == .disabled)
    }

    private func change(_ statements: String...) throws {
        let queue = try DatabaseQueue(path: folder.file())
        try queue.write { db in
            for statement in statements { try db.execute(sql: statement) }
        }
        try queue.close()
    }
}
