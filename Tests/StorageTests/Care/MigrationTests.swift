import Foundation
import GRDB
import Storage
import Testing

/// What today's binary knows and one additive step more: the schema of a binary to come.
private let nextMigrations =
    Schema.migrations + [
        Migration(
            oldestBinary: 1,
            sql: """
                ALTER TABLE accounts ADD COLUMN later TEXT NOT NULL DEFAULT 'x';
                CREATE TABLE later (name TEXT PRIMARY KEY) STRICT;
                """)
    ]

@Suite("Migrations while both binaries serve")
struct MigrationTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("Of an old and a new store that write all the while, neither loses a write at an additive step")
    func sideBySide() async throws {
        let old = try Store(path: folder.file(), logger: silent)
        try await old.insertAccount(sampleAccount("first"))
        let isMigrated = Flag()
        let counts = try await withThrowingTaskGroup { group in
            group.addTask { try await insertAccounts("old", into: old) { isMigrated.isSet } }
            group.addTask {
                let new = try await onThread {
                    Result { try Store(path: folder.file(), logger: silent, migrations: nextMigrations) }
                }.get()
                #expect(try new.findDiagnosis().schemaVersion == nextMigrations.count)
                isMigrated.set()
                return try await insertAccounts("new", into: new) { true }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(try ForeignConnection(folder.file()).count("accounts") == 1 + counts.reduce(0, +))
        // Today's binary also starts on it, and takes nothing back.
        let again = try Store(path: folder.file(), logger: silent)
        #expect(try again.findDiagnosis().schemaVersion == nextMigrations.count)
        #expect(try again.findAccount(canonicalUsername: "first") != nil)
    }

    @Test(
        "The state before is beside the database, and the oldest of such copies goes",
        arguments: [FileSystem.local, .network(name: "nfs")])
    func copies(on fileSystem: FileSystem) async throws {
        let options = StoreOptions(fileSystem: fileSystem)
        let account = sampleAccount()
        let store = try Store(path: folder.file(), options: options, logger: silent)
        try await store.insertAccount(account)
        try store.close()
        #expect(try copies() == [])
        var migrations = Schema.migrations
        for number in 1...4 {
            migrations.append(Migration(oldestBinary: 1, sql: "CREATE TABLE later\(number) (name TEXT) STRICT"))
            try Store(path: folder.file(), options: options, logger: silent, migrations: migrations).close()
        }
        let first = Schema.migrations.count + 1
        #expect(try copies() == (first + 1...first + 3).map { "gatelodge.sqlite.before-\($0)" })
        let before = folder.file("gatelodge.sqlite.before-\(first + 1)")
        #expect(try folder.mode("gatelodge.sqlite.before-\(first + 1)") == 0o600)
        #expect(try DatabaseCare.check(before).schemaVersion == first)
        #expect(try Store(path: before, logger: silent).findAccount(id: account.id) == account)
    }

    @Test("Without the copy there is no migration")
    func copyImpossible() throws {
        try Store(path: folder.file(), logger: silent).close()
        let blocked = folder.file("gatelodge.sqlite.before-\(nextMigrations.count)")
        try FileManager.default.createDirectory(atPath: blocked, withIntermediateDirectories: false)
        #expect(throws: StorageError.self) {
            try Store(path: folder.file(), logger: silent, migrations: nextMigrations)
        }
        #expect(try DatabaseCare.check(folder.file()).schemaVersion == Schema.migrations.count)
        try FileManager.default.removeItem(atPath: blocked)
        try Store(path: folder.file(), logger: silent, migrations: nextMigrations).close()
    }

    @Test(
        "After a step that only newer binaries may use, the older one is refused with both numbers, and the new one serves"
    )
    func breaking() async throws {
        try Store(path: folder.file(), logger: silent).close()
        let needed = Schema.migrations.count + 1
        let breaking =
            Schema.migrations + [Migration(oldestBinary: needed, sql: "CREATE TABLE later (name TEXT) STRICT")]
        let new = try Store(path: folder.file(), logger: silent, migrations: breaking)
        let refusal = StorageError.newerSchema(
            path: folder.file(), oldestBinary: needed, thisBinary: Schema.migrations.count)
        #expect(throws: refusal) { try Store(path: folder.file(), logger: silent) }
        #expect(refusal.description.contains("\(needed)") && refusal.description.contains("\(needed - 1)"))
        try await new.insertAccount(sampleAccount())
    }

    /// Inserts until some have been inserted after `isOver`.
    private func insertAccounts(_ prefix: String, into store: Store, _ isOver: @Sendable () -> Bool) async throws -> Int
    {
        var (count, rest) = (0, 50)
        while rest > 0 {
            if isOver() { rest -= 1 }
            let account = sampleAccount("\(prefix)\(count)")
            try await store.insertAccount(account)
            #expect(try store.findAccount(id: account.id) == account)
            count += 1
        }
        return count
    }

    private func copies() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("before") }.sorted()
    }
}
