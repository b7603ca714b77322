import Dispatch
import Storage
import Testing

@Suite("Where a caller of the store runs")
struct StoreExecutorTests {
    @Test("After a write the caller is back on the executor that it prefers")
    func preference() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(path: folder.file(), logger: silent)
        let executor = QueueExecutor()
        let places = await Task(executorPreference: executor) {
            var places = [executor.isCurrent]
            for name in ["vicky", "vicky", "other"] {
                do throws(StorageError) {
                    try await store.insertAccount(sampleAccount(name))
                } catch {
                    #expect(error == .usernameTaken)
                }
                places.append(executor.isCurrent)
            }
            return places
        }.value
        #expect(places == [true, true, true, true])
        #expect(!executor.isCurrent)
    }
}

/// Stands in for the serving threads.
private final class QueueExecutor: TaskExecutor {
    private static let key = DispatchSpecificKey<Bool>()
    private let queue = DispatchQueue(label: "serving")

    init() {
        queue.setSpecific(key: Self.key, value: true)
    }

    var isCurrent: Bool { DispatchQueue.getSpecific(key: Self.key) == true }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedTaskExecutor()
        queue.async { unsafe job.runSynchronously(on: executor) }
    }
}
