import Foundation
import Storage
import Testing

@Suite("A database that is taken away while it is open")
struct FileIdentityTests {
    let folder: TemporaryFolder
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), logger: silent)
    }

    @Test(
        "No write is acknowledged that would be lost with the file; once it is back, writes go on",
        arguments: [true, false])
    func takenAway(isReplaced: Bool) async throws {
        let account = sampleAccount()
        try await store.insertAccount(account)
        #expect(try store.findAccount(id: account.id) == account)
        try FileManager.default.moveItem(atPath: folder.file(), toPath: folder.file("away"))
        if isReplaced {
            #expect(
                FileManager.default.createFile(
                    atPath: folder.file(), contents: nil, attributes: [.posixPermissions: 0o600]))
        }
        await #expect(throws: StorageError.replaced(path: folder.file())) {
            try await store.insertAccount(sampleAccount("lost"))
        }
        #expect(throws: StorageError.replaced(path: folder.file())) {
            try store.updateSigningKeys { _ in
                var changes = SigningKeyChanges()
                changes.deletions = ["none"]
                return changes
            }
        }
        #expect(try store.findAccount(id: account.id) == account)
        if isReplaced { try FileManager.default.removeItem(atPath: folder.file()) }
        try FileManager.default.moveItem(atPath: folder.file("away"), toPath: folder.file())
        try await store.insertAccount(sampleAccount("later"))
        #expect(try store.findAccounts(limit: 9).map(\.username).sorted() == ["later", "vicky"])
    }
}
