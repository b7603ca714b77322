internal import Synchronization

/// Where two meet: the thread that started a handler, and the handler's end. Whoever comes second goes on with the
/// connection; a handler that never waits comes first, and its thread goes on without a detour.
struct HandlerEnd: ~Copyable, Sendable {
    enum Arrival { case first, second }

    private let arrived = Atomic<Bool>(false)

    /// Whether one of the two is here.
    var hasArrived: Bool { arrived.load(ordering: .acquiring) }

    borrowing func arrive() -> Arrival {
        arrived.exchange(true, ordering: .acquiringAndReleasing) ? .second : .first
    }

    /// For the next request, by the connection's owner.
    borrowing func reset() {
        arrived.store(false, ordering: .relaxed)
    }
}
