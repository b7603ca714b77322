import Foundation
import GRDB
import Glibc
import Storage
import TestSupport
import Testing
import Threading

@Suite("Opening the store")
struct StoreOpeningTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("A fresh database and its log are the owner's alone, whatever the umask allows")
    func mode() async throws {
        let store = try Store(path: folder.file(), logger: silent)
        try await store.insertAccount(sampleAccount())
        #expect(try folder.mode("gatelodge.sqlite") == 0o600)
        #expect(try folder.mode("gatelodge.sqlite-wal") == 0o600)
        #expect(try folder.mode("gatelodge.sqlite-shm") == 0o600)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.allSatisfy { $0.hasPrefix("gatelodge.sqlite") } && names.count == 3)
    }

    @Test("The connection that writes syncs fully, in WAL mode, with foreign keys and overwriting on")
    func settings() throws {
        let diagnosis = try Store(path: folder.file(), logger: silent).findDiagnosis()
        #expect(diagnosis.synchronous == 2)
        #expect(diagnosis.journalMode == "wal")
        #expect(diagnosis.enforcesForeignKeys)
        #expect(diagnosis.overwritesDeleted)
        #expect(diagnosis.schemaVersion == Schema.migrations.count)
        #expect(diagnosis.damage == [])
    }

    @Test("What was acknowledged is there for another opener, without the first one closing")
    func durable() async throws {
        let first = try Store(path: folder.file(), logger: silent)
        let account = sampleAccount()
        try await first.insertAccount(account)
        let copy = folder.file("copy.sqlite")
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: folder.file() + suffix, toPath: copy + suffix)
        }
        #expect(try Store(path: folder.file(), logger: silent).findAccount(id: account.id) == account)
        #expect(try Store(path: copy, logger: silent).findAccount(id: account.id) == account)
    }

    @Test("A closed store opens again with the same name; two databases have different ones")
    func instanceID() throws {
        let first = try Store(path: folder.file(), logger: silent)
        let id = try first.findInstanceID()
        try first.close()
        #expect(try Store(path: folder.file(), logger: silent).findInstanceID() == id)
        #expect(try Store(path: folder.file("other"), logger: silent).findInstanceID() != id)
        let pattern = #/urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#
        #expect(try pattern.wholeMatch(in: id) != nil)
    }

    @Test("A folder that is not there is named and not made")
    func missingFolder() {
        let missing = folder.file("missing")
        #expect(throws: StorageError.folderMissing(path: missing)) {
            try Store(path: missing + "/gatelodge.sqlite", logger: silent)
        }
        #expect(!FileManager.default.fileExists(atPath: missing))
    }

    @Test("A path that SQLite would read as something else, or not whole, is refused", arguments: ["", "a\0b"])
    func invalidPath(path: String) {
        #expect(throws: StorageError.pathInvalid) { try Store(path: path, logger: silent) }
    }

    @Test("A folder in the place of the file is refused")
    func folderAsFile() {
        #expect(throws: StorageError.notAFile(path: folder.path)) { try Store(path: folder.path, logger: silent) }
    }

    @Test(
        "A file that others may read is refused until its mode is right", .promise(71),
        arguments: [0o644, 0o640, 0o604, 0o620])
    func permissions(mode: Int) throws {
        try Store(path: folder.file(), logger: silent).close()
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.file())
        #expect(throws: StorageError.permissionsTooOpen(path: folder.file(), mode: UInt32(mode))) {
            try Store(path: folder.file(), logger: silent)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file())
        try Store(path: folder.file(), logger: silent).close()
    }

    @Test("A file that is no database is refused and left as it was")
    func notADatabase() throws {
        let bytes = Data("root:x:0:0:root:/root:/bin/bash\n".utf8) + Data(repeating: 7, count: 4_096)
        try writeSecret(bytes)
        #expect(throws: StorageError.notADatabase(path: folder.file())) {
            try Store(path: folder.file(), logger: silent)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == bytes)
    }

    @Test("Another program's database is refused and gets no table of ours")
    func foreignDatabase() throws {
        try writeSecret(Data())
        let foreign = try DatabaseQueue(path: folder.file())
        try foreign.write { try $0.execute(sql: "CREATE TABLE notes (text TEXT)") }
        #expect(throws: StorageError.foreignDatabase(path: folder.file())) {
            try Store(path: folder.file(), logger: silent)
        }
        #expect(try foreign.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema") } == ["notes"])
        #expect(try foreign.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "delete")
    }

    @Test("An empty file of the right mode becomes a database")
    func emptyFile() throws {
        try writeSecret(Data())
        #expect(try Store(path: folder.file(), logger: silent).findAccounts(limit: 1) == [])
    }

    @Test("A damaged database is refused as damaged", arguments: [(100, 4_096), (96, 60)])
    func corrupt(offset: Int, length: Int) throws {
        try Store(path: folder.file(), logger: silent).close()
        let handle = try #require(FileHandle(forUpdatingAtPath: folder.file()))
        try handle.seek(toOffset: UInt64(offset))
        try handle.write(contentsOf: Data(repeating: 0xA5, count: length))
        try handle.close()
        do {
            _ = try Store(path: folder.file(), logger: silent)
            Issue.record("a damaged database was opened")
        } catch {
            guard case .corrupt = error else {
                Issue.record("refused for another reason: \(error)")
                return
            }
            #expect(!error.description.contains("\n"))
        }
    }

    @Test("A database that one may read but not write is refused, and opens for its owner")
    func readOnly() throws {
        try Store(path: folder.file(), logger: silent).close()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
        unsafe chown(folder.file(), 65_534, 65_534)
        #expect(openAsNobody(folder.file()) == .readOnly(path: folder.path))
        #expect(openAsNobody(folder.file("new.sqlite")) == .readOnly(path: folder.path))
        unsafe chown(folder.path, 65_534, 65_534)
        unsafe chmod(folder.file(), 0o400)
        #expect(openAsNobody(folder.file()) == .readOnly(path: folder.file()))
        unsafe chmod(folder.file(), 0o600)
        #expect(openAsNobody(folder.file()) == nil)
    }

    private func writeSecret(_ bytes: Data) throws {
        #expect(
            FileManager.default.createFile(
                atPath: folder.file(), contents: bytes, attributes: [.posixPermissions: 0o600]))
    }
}

/// Opens the store on a thread that the kernel takes for nobody's where files are concerned, since root may write
/// everything; run by another user it is simply that user.
private func openAsNobody(_ path: String) -> StorageError? {
    let outcome = Locked<StorageError?>(nil)
    let finished = DispatchSemaphore(value: 0)
    Thread {
        setFileSystemUser(65_534)
        do throws(StorageError) {
            try Store(path: path, logger: silent).close()
        } catch {
            outcome.withLock { $0 = error }
        }
        finished.signal()
    }.start()
    finished.wait()
    return outcome.withLock { $0 }
}

/// setfsuid(2) changes the calling thread alone; its header is not part of the Glibc module.
private func setFileSystemUser(_ user: uid_t) {
    typealias Function = @convention(c) (uid_t) -> CInt
    guard let symbol = unsafe dlsym(nil, "setfsuid") else {
        Issue.record("no setfsuid in the C library")
        return
    }
    _ = unsafe unsafeBitCast(symbol, to: Function.self)(user)
}
