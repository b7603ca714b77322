import Dispatch
import Storage
import Synchronization
import Testing

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

    @Test("A key is made only where none of its algorithm signs yet")
    func findOrInsert() throws {
        let store = try Store(path: folder.file(), logger: silent)
        let made = try store.findOrInsertSigningKey(algorithm: "ES256") { sampleKey() }
        let found = try store.findOrInsertSigningKey(algorithm: "ES256") {
            Issue.record("a second key was made")
            return sampleKey("k2")
        }
        #expect(found == made)
        let other = try store.findOrInsertSigningKey(algorithm: "EdDSA") { sampleKey("k3", algorithm: "EdDSA") }
        #expect(other.kid == "k3")
    }

    @Test("The newest signing key signs; published and retired ones do not")
    func newest() async throws {
        let store = try Store(path: folder.file(), logger: silent)
        for (kid, state, created) in [
            ("a", StoredSigningKey.State.signing, Int64(1)), ("b", .signing, 2), ("c", .published, 3),
            ("d", .retired, 4),
        ] {
            try await store.insertSigningKey(
                StoredSigningKey(
                    kid: kid, algorithm: "ES256", privateKey: [1], state: state, createdUnixSeconds: created))
        }
        #expect(try store.findOrInsertSigningKey(algorithm: "ES256") { sampleKey("e") }.kid == "b")
    }

    @Test("Eight that open one fresh database at once agree on its key and its name", arguments: 0..<5)
    func concurrentOpening(round: Int) throws {
        let path = folder.file()
        let results = Mutex<[Result<[String], StorageError>]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { index in
            let result = Result<[String], StorageError> { () throws(StorageError) in
                let store = try Store(path: path, logger: silent)
                let key = try store.findOrInsertSigningKey(algorithm: "ES256") { sampleKey("key \(index)") }
                return [key.kid, try store.findInstanceID()]
            }
            results.withLock { $0.append(result) }
        }
        let agreed = try results.withLock { try Set($0.map { try $0.get() }) }
        #expect(agreed.count == 1)
    }
}
