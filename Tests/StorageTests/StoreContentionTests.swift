import GRDB
import Storage
import Testing

@Suite("The store beside another process")
struct StoreContentionTests {
    let folder: TemporaryFolder
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), logger: silent)
    }

    @Test("While another holds the write lock reads go on, writes end as busy together, and later ones succeed")
    func busy() async throws {
        try await store.insertAccount(sampleAccount())
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.file(), configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        #expect(try store.findAccount(canonicalUsername: "vicky") != nil)
        let outcomes = await withTaskGroup(of: StorageError?.self) { group in
            for index in 0..<5 { group.addTask { await insertion("user\(index)") } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == Array(repeating: StorageError.busy, count: 5))
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(await insertion("user0") == nil)
    }

    @Test("A cancelled caller still gets the outcome of its write")
    func cancelled() async throws {
        let task = Task { await insertion("vicky") }
        task.cancel()
        #expect(await task.value == nil)
        #expect(try store.findAccount(canonicalUsername: "vicky") != nil)
    }

    private func insertion(_ name: String) async -> StorageError? {
        do throws(StorageError) {
            try await store.insertAccount(sampleAccount(name))
            return nil
        } catch {
            return error
        }
    }
}
