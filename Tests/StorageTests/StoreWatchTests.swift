import Glibc
import Storage
import Synchronization
import Testing

@Suite("Watching the store", .timeLimit(.minutes(1)))
struct StoreWatchTests {
    let folder: TemporaryFolder
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.file(), logger: silent)
    }

    @Test("The first tick is news, then the commits of others and our own, and nothing else")
    func commits() async throws {
        let other = try Store(path: folder.file(), logger: silent)
        let (stream, continuation) = AsyncStream.makeStream(of: Bool.self)
        let watch = try store.watch(every: .milliseconds(1)) { continuation.yield($0) }
        var ticks = stream.makeAsyncIterator()
        #expect(await ticks.next() == true)
        for _ in 0..<5 { #expect(await ticks.next() == false) }
        for (number, writer) in [store, other, store].enumerated() {
            try await writer.insertAccount(sampleAccount("user\(number)"))
            while await ticks.next() != true {}
            // Read after the tick, what was committed is there.
            #expect(try store.findAccount(canonicalUsername: "user\(number)") != nil)
        }
        // A write that was rolled back is none.
        await #expect(throws: StorageError.usernameTaken) { try await other.insertAccount(sampleAccount("user1")) }
        for _ in 0..<20 { #expect(await ticks.next() == false) }
        watch.stop()
    }

    @Test("After stop no tick comes, whoever else stops it and however often")
    func stopping() async throws {
        let ticks = Ticks()
        let watch = try store.watch(every: .milliseconds(1)) { _ in ticks.count.add(1, ordering: .relaxed) }
        while ticks.count.load(ordering: .relaxed) < 3 { await Task.yield() }
        await withTaskGroup { group in
            for _ in 0..<4 { group.addTask { await onThread { watch.stop() } } }
        }
        let count = ticks.count.load(ordering: .relaxed)
        for number in 0..<5 { try await store.insertAccount(sampleAccount("user\(number)")) }
        watch.stop()
        #expect(ticks.count.load(ordering: .relaxed) == count)
    }

    @Test("A long interval does not make stopping long")
    func stoppingEarly() throws {
        let watch = try store.watch(every: .seconds(3_600)) { _ in }
        watch.stop()
    }

    @Test("A file that is not there cannot be watched")
    func missing() throws {
        try store.close()
        try ForeignConnection(folder.file()).execute("PRAGMA journal_mode = DELETE")
        for name in ["", "-wal", "-shm"] { unsafe remove(folder.file() + name) }
        #expect(throws: StorageError.self) { _ = try store.watch { _ in } }
    }
}

private final class Ticks: Sendable {
    let count = Atomic(0)
}
