import Foundation
import GRDB
import Storage
import Testing

@Suite("The write-ahead log")
struct StoreLogTests {
    let folder: TemporaryFolder
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), logger: silent)
    }

    @Test(
        "Once a key is sealed its plain form is in no file; a reader in the way is told, and the key sealed all the same"
    )
    func sealing() async throws {
        let plain = [UInt8]("in plain letters".utf8)
        for (number, isRead) in [true, false].enumerated() {
            let key = StoredSigningKey(
                kid: "k\(number)", algorithm: "ES256", privateKey: plain, createdUnixSeconds: start)
            try await store.insertSigningKey(key)
            #expect(try files().contains { $0.firstRange(of: plain) != nil })
            let reader = try ForeignConnection(folder.file())
            if isRead { try reader.beginReading() }
            let keys = await onThread { [store] in
                Result {
                    try store.updateSigningKeys { keys in
                        var changes = SigningKeyChanges()
                        changes.seals = keys.filter { !$0.isSealed }.map { ($0.kid, [UInt8](repeating: 9, count: 16)) }
                        return changes
                    }
                }
            }
            #expect(try keys.get().allSatisfy(\.isSealed))
            if isRead { try reader.release() }
        }
        #expect(try files().allSatisfy { $0.firstRange(of: plain) == nil })
    }

    private func files() throws -> [[UInt8]] {
        try ["", "-wal"].map { [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file() + $0))) }
    }
}
