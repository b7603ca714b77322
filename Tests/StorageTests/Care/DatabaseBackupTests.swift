import Foundation
import GRDB
import Storage
import Testing

@Suite("Backing up")
struct DatabaseBackupTests {
    let folder: TemporaryFolder
    let store: Store
    var copy: String { folder.file("copy") }

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), logger: silent)
    }

    @Test("A copy is one sound file of mode 0600 with everything in it, and opens as a database")
    func copying() async throws {
        let account = sampleAccount()
        try await store.insertAccount(account)
        try DatabaseBackup.make(of: folder.file(), at: copy, replacing: false)
        #expect(try folder.mode("copy") == 0o600)
        #expect(try names() == ["copy"])
        let report = try DatabaseCare.check(copy)
        #expect(report.damage == [] && report.journalMode == "delete" && report.logBytes == 0)
        #expect(report.rows.first { $0.table == "accounts" }?.count == 1)
        #expect(try Store(path: copy, logger: silent).findAccount(id: account.id) == account)
    }

    @Test("Copies made while others write are each a moment's state: nothing twice, nothing left out before it")
    func whileWriting() async throws {
        let isDone = Flag()
        try await withThrowingTaskGroup { group in
            group.addTask {
                // Two rows a transaction in effect: the second is written once the first is durable.
                var number = 0
                while !isDone.isSet {
                    try await store.insertAccount(sampleAccount("user\(number)"))
                    number += 1
                }
                #expect(number > 0)
            }
            group.addTask {
                defer { isDone.set() }
                for number in 0..<20 {
                    let path = folder.file("copy\(number)")
                    try await onThread {
                        Result { try DatabaseBackup.make(of: folder.file(), at: path, replacing: false) }
                    }.get()
                    let names = try await DatabaseQueue(path: path).read {
                        try String.fetchAll($0, sql: "SELECT username FROM accounts ORDER BY rowid")
                    }
                    #expect(names == (0..<names.count).map { "user\($0)" })
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("A file that is there is kept, and replaced only where that is asked for; the database never")
    func existing() throws {
        try "mine".write(toFile: copy, atomically: true, encoding: .utf8)
        #expect(throws: StorageError.exists(path: copy)) {
            try DatabaseBackup.make(of: folder.file(), at: copy, replacing: false)
        }
        #expect(try String(contentsOfFile: copy, encoding: .utf8) == "mine")
        try DatabaseBackup.make(of: folder.file(), at: copy, replacing: true)
        #expect(try DatabaseCare.check(copy).damage == [])
        #expect(try folder.mode("copy") == 0o600)
        #expect(throws: StorageError.exists(path: folder.file())) {
            try DatabaseBackup.make(of: folder.file(), at: folder.file(), replacing: true)
        }
    }

    @Test("What cannot be copied whole leaves no file")
    func refusals() throws {
        #expect(throws: StorageError.folderMissing(path: folder.file("no"))) {
            try DatabaseBackup.make(of: folder.file(), at: folder.file("no/copy"), replacing: false)
        }
        let foreign = folder.file("foreign")
        try DatabaseQueue(path: foreign).write { try $0.execute(sql: "CREATE TABLE notes (text TEXT)") }
        #expect(throws: StorageError.foreignDatabase(path: foreign)) {
            try DatabaseBackup.make(of: foreign, at: copy, replacing: false)
        }
        try ForeignConnection(folder.file()).execute("UPDATE schema SET version = 9, oldest_binary = 8")
        #expect(
            throws: StorageError.newerSchema(
                path: folder.file(), oldestBinary: 8, thisBinary: Schema.migrations.count)
        ) {
            try DatabaseBackup.make(of: folder.file(), at: copy, replacing: false)
        }
        #expect(try names() == ["foreign"])
    }

    @Test("A damaged database is not copied, and the check says so")
    func damage() async throws {
        for number in 0..<50 { try await store.insertAccount(sampleAccount("user\(number)")) }
        try store.close()
        try damageIndex(of: folder.file())
        #expect(try DatabaseCare.check(folder.file()).damage != [])
        #expect {
            try DatabaseBackup.make(of: folder.file(), at: copy, replacing: false)
        } throws: { error in
            if case StorageError.corrupt = error { true } else { false }
        }
        #expect(!FileManager.default.fileExists(atPath: copy))
    }

    @Test("Vacuuming gives room back while the store is open, and loses nothing")
    func vacuum() async throws {
        let kept = sampleAccount("kept")
        try await store.insertAccount(kept)
        try ForeignConnection(folder.file()).execute(
            "CREATE TABLE large (bytes BLOB)", "INSERT INTO large VALUES (zeroblob(4000000))", "DROP TABLE large")
        let bytes = try DatabaseCare.vacuum(folder.file())
        #expect(bytes.before > 4_000_000 && bytes.after < 1_000_000)
        #expect(try DatabaseCare.check(folder.file()).freeBytes == 0)
        #expect(try store.findAccount(id: kept.id) == kept)
        try await store.insertAccount(sampleAccount("later"))
        #expect(try store.findAccounts(limit: 9).count == 2)
    }

    /// What lies beside the database and its log.
    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix("gatelodge.sqlite") }
            .sorted()
    }
}

/// Takes the rows out of an index behind SQLite's back: the file opens and reads, and is not whole.
func damageIndex(of path: String) throws {
    try ForeignConnection(path).execute(
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'services') "
            + "WHERE name = 'sqlite_autoindex_accounts_2'",
        "PRAGMA writable_schema = OFF")
}
