import Foundation
import GRDB
import Glibc
import Storage
import Testing

@Suite("Restoring")
struct DatabaseRestoreTests {
    let folder: TemporaryFolder
    var copy: String { folder.file("copy") }
    let early = sampleAccount("early")
    let idle = sampleAccount("idle")
    let late = sampleAccount("late")

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("The restored database is the backup's, with every session ended and every epoch above all before")
    func restoring() async throws {
        let session = sampleSession(of: early)
        try await fillAndClose(session)
        let kept = try restore()
        #expect(kept == folder.file("gatelodge.sqlite.replaced-\(start + 100)"))
        #expect(try folder.mode("gatelodge.sqlite") == 0o600)

        let store = try Store(path: folder.file(), logger: silent)
        #expect(try store.findAccounts(limit: 9).map(\.username) == ["early", "idle"])
        #expect(
            try store.findSession(session.id)?.end == Session.End(reason: .endedByOperator, unixSeconds: start + 100))
        // The account was disabled at a later time than now: the clock went back.
        let epoch = start + 501
        #expect(try store.findAccount(id: early.id)?.epoch == epoch)
        let revocations = try store.findRevocations(after: 0, now: start + 100)
        // Of those that only the replaced database knows as well, and of nobody who can have no token.
        #expect(!revocations.epochs.contains { $0.account == idle.id })
        for account in [early, late] {
            let last = try #require(revocations.epochs.last { $0.account == account.id })
            #expect(last.epoch == epoch && last.expires == start + 100 + 4_000)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains("copy-") })
        // What was replaced is whole, with what was written last.
        let old = try Store(path: #require(kept), logger: silent)
        #expect(try old.findAccount(id: late.id) != nil)
    }

    @Test("A code that was given out before the backup is void")
    func invites() async throws {
        let store = try Store(path: folder.file(), logger: silent)
        try store.close()
        try ForeignConnection(folder.file()).execute(
            "INSERT INTO invites (code_hash, kind, roles, created, expires) VALUES (x'01', 'register', '', 1, 9000000000)"
        )
        try DatabaseBackup.make(of: folder.file(), at: copy, replacing: false)
        #expect(try ForeignConnection(copy).count("invites") == 1)
        _ = try restore()
        #expect(try ForeignConnection(folder.file()).count("invites") == 0)
        #expect(try ForeignConnection(folder.file()).count("audit") == 1)
    }

    @Test("While a store has the database open nothing is replaced")
    func inUse() async throws {
        try await fillAndClose(sampleSession(of: early))
        let store = try Store(path: folder.file(), logger: silent)
        #expect(throws: StorageError.inUse(path: folder.file())) { try restore() }
        #expect(try store.findAccount(id: late.id) != nil)
        try store.close()
        #expect(try restore() != nil)
    }

    @Test("A backup that is damaged, foreign or too new replaces nothing", arguments: 0..<4)
    func refused(kind: Int) async throws {
        try await fillAndClose(sampleSession(of: early))
        switch kind {
        case 0: try damageIndex(of: copy)
        case 1:
            try Data("no database at all, but long enough for a header of one hundred bytes".utf8).write(
                to: URL(fileURLWithPath: copy))
        case 2: try ForeignConnection(copy).execute("UPDATE schema SET version = 9, oldest_binary = 8")
        default: try FileManager.default.removeItem(atPath: copy)
        }
        #expect(throws: StorageError.self) { try restore() }
        let store = try Store(path: folder.file(), logger: silent)
        #expect(try store.findAccount(id: late.id) != nil)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains("replaced") })
    }

    @Test(
        "A database that is destroyed, or gone, is replaced all the same; the wreck is kept", arguments: [true, false])
    func destroyed(isThere: Bool) async throws {
        try await fillAndClose(sampleSession(of: early))
        try FileManager.default.removeItem(atPath: folder.file())
        let wreck = Data(repeating: 0x5A, count: 9_000)
        if isThere {
            #expect(FileManager.default.createFile(atPath: folder.file(), contents: wreck))
            #expect(FileManager.default.createFile(atPath: folder.file() + "-wal", contents: wreck))
        }
        let kept = try restore()
        #expect((kept != nil) == isThere)
        if let kept {
            #expect(try Data(contentsOf: URL(fileURLWithPath: kept)) == wreck)
            #expect(!FileManager.default.fileExists(atPath: folder.file() + "-wal"))
        }
        #expect(
            try Store(path: folder.file(), logger: silent).findAccounts(limit: 9).map(\.username) == ["early", "idle"])
        // Nobody can say who has a token: everybody's are refused.
        let revoked = try Store(path: folder.file(), logger: silent).findRevocations(after: 0, now: start + 100)
        #expect(Set(revoked.epochs.map(\.account)) == [early.id, idle.id])
        #expect(try folder.mode("gatelodge.sqlite") == 0o600)
    }

    @Test("Restored by root, the database stays its owner's", .enabled(if: geteuid() == 0))
    func owner() async throws {
        try await fillAndClose(sampleSession(of: early))
        unsafe chown(folder.file(), 65_534, 65_533)
        _ = try restore()
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file())
        #expect(attributes[.ownerAccountID] as? Int == 65_534)
        #expect(attributes[.groupOwnerAccountID] as? Int == 65_533)
        #expect(try folder.mode("gatelodge.sqlite") == 0o600)
    }

    /// A session and a backup; then another account, and an epoch of a time to come.
    private func fillAndClose(_ session: Session) async throws {
        let store = try Store(path: folder.file(), logger: silent)
        try await store.insertAccount(early)
        try await store.insertAccount(idle)
        _ = try await store.insertSession(session, passwordVersion: 0, limits: sampleLimits, now: start)
        try DatabaseBackup.make(of: folder.file(), at: copy, replacing: false)
        try await store.insertAccount(late)
        _ = try await store.insertSession(
            sampleSession(of: late, hash: 1), passwordVersion: 0, limits: sampleLimits, now: start)
        _ = try await store.updateState(early.id, to: .disabled, limits: sampleLimits, now: start + 500)
        try store.close()
    }

    private func restore() throws(StorageError) -> String? {
        try DatabaseRestore(of: folder.file(), now: start + 100, accessTokenSeconds: 4_000).run(from: copy)
    }
}
