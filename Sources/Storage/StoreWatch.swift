internal import Dispatch
internal import Logging
internal import Synchronization
internal import Threading

/// Notices what other connections commit, in whatever process, by asking SQLite for the data version
/// (https://www.sqlite.org/pragma.html#pragma_data_version) from a thread and a connection of its own.
package final class StoreWatch: Sendable {
    private let stopping = DispatchSemaphore(value: 0)
    private let stopped = DispatchSemaphore(value: 0)
    private let isStopping = Atomic(false)

    init(
        path: String, every interval: Duration, logger: Logger, tick: @escaping @Sendable (Bool) -> Void
    ) throws(StorageError) {
        let first = try DataVersionPoll.open(path)
        Thread.start(name: "store-watch") { [stopping, stopped] in
            var poll = DataVersionPoll(path: path, connection: first, logger: logger)
            repeat {
                if let changed = poll.ask() { tick(changed) }
            } while stopping.wait(timeout: .now() + interval.seconds) == .timedOut
            stopped.signal()
        }
    }

    deinit {
        stopping.signal()
    }

    /// Ends the watch. When this returns no tick is under way and none will come. Not to be called from a tick.
    package func stop() {
        if !isStopping.exchange(true, ordering: .relaxed) { stopping.signal() }
        stopped.wait()
        // For whoever else calls this.
        stopped.signal()
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
