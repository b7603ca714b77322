import Dispatch
import Storage
import Testing
import Threading

@Suite("Signing keys in the store")
struct StoreSigningKeysTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("A key comes back with every byte, and the keys oldest first")
    func roundTrip() async throws {
        let store = try Store(path: folder.file(), logger: silent)
        #expect(try store.findSigningKeys() == [])
        let new = sampleKey("new", created: 2)
        let old = sampleKey("old", created: 1)
        try await store.insertSigningKey(new)
        try await store.insertSigningKey(old)
        #expect(try store.findSigningKeys() == [old, new])
    }

    @Test("A second key of one id is refused")
    func conflict() async throws {
        let store = try Store(path: folder.file(), logger: silent)
        try await store.insertSigningKey(sampleKey())
        await #expect(throws: StorageError.keyExists) { try await store.insertSigningKey(sampleKey()) }
        try await store.insertSigningKey(sampleKey("k2"))
    }

    @Test("Eight that open one fresh database at once agree on its key and its name", arguments: 0..<5)
    func concurrentOpening(round: Int) throws {
        let path = folder.file()
        let results = Locked<[Result<[String], StorageError>]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { index in
            let result = Result<[String], StorageError> { () throws(StorageError) in
                let store = try Store(path: path, logger: silent)
                let rows = try store.updateSigningKeys { rows in
                    var changes = SigningKeyChanges()
                    if rows.isEmpty { changes.insertions = [sampleKey("key \(index)")] }
                    return changes
                }
                return rows.map(\.kid) + [try store.findInstanceID()]
            }
            results.withLock { $0.append(result) }
        }
        let agreed = try results.withLock { try Set($0.map { try $0.get() }) }
        #expect(agreed.count == 1 && agreed.first?.count == 2)
    }
}
