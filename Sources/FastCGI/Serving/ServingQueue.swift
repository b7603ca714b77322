internal import CSystem
internal import Glibc
internal import Threading

/// What serving threads do beside answering events: handlers that go on after they waited, and the connections of
/// those that are done. As a task executor it keeps handlers on the serving threads and off Swift's global pool.
final class ServingQueue: TaskExecutor, Sendable {
    /// One thing to do on a serving thread.
    enum Work {
        case job(UnownedJob)
        case connection(Connection)
        case call(@Sendable () -> Void)
    }

    /// Becomes readable, edge by edge, when there is work.
    let event: Int32

    private let waiting = Locked<[Work]>([])

    init() throws(FastCGIError) {
        event = try OwnedDescriptor(gatelodge_event(), call: "eventfd").release()
    }

    deinit { _ = close(event) }

    func enqueue(_ job: consuming ExecutorJob) {
        append(.job(UnownedJob(job)))
    }

    /// Adds work and wakes one thread for it.
    func append(_ work: Work) {
        waiting.withLock { $0.append(work) }
        wake()
    }

    /// The oldest work. Where there is more, another thread is woken for it first.
    func next() -> Work? {
        let (work, isMore) = waiting.withLock { waiting in
            (waiting.isEmpty ? nil : waiting.removeFirst(), !waiting.isEmpty)
        }
        if isMore { wake() }
        return work
    }

    /// Blocks until work has been added since the last wait.
    func waitForWork() {
        var descriptor = pollfd(fd: event, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&descriptor, 1, -1)
        var count: UInt64 = 0
        _ = unsafe read(event, &count, MemoryLayout<UInt64>.size)
    }

    /// Each write is an edge of its own; no serving thread reads the counter, and 2⁶⁴ writes do not happen.
    private func wake() {
        gatelodge_event_set(event)
    }
}
