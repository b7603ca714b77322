internal import Synchronization

/// Says who may touch a connection: nobody (idle), or one thread or suspended handler (busy).
///
/// Events are edges and come once. One that finds the connection busy leaves a mark, and the owner must look again
/// before it lets go.
struct ConnectionOwnership: ~Copyable, Sendable {
    private enum State {
        static let idle: UInt8 = 0
        static let busy: UInt8 = 1
        static let busyAndAgain: UInt8 = 2
        static let ended: UInt8 = 3
    }

    private let state = Atomic<UInt8>(State.idle)

    /// Becomes the owner of an idle connection; marks a busy one.
    borrowing func claim() -> Bool {
        while true {
            let (taken, found) = state.compareExchange(
                expected: State.idle, desired: State.busy, ordering: .acquiringAndReleasing)
            if taken { return true }
            guard found == State.busy else { return false }
            let (marked, now) = state.compareExchange(
                expected: State.busy, desired: State.busyAndAgain, ordering: .acquiringAndReleasing)
            if marked || now != State.idle { return false }
        }
    }

    /// Becomes the owner of an idle connection and leaves a busy one alone.
    borrowing func claimIfIdle() -> Bool {
        state.compareExchange(expected: State.idle, desired: State.busy, ordering: .acquiringAndReleasing).exchanged
    }

    /// Lets go, unless something happened meanwhile: then the owner stays the owner and looks again.
    borrowing func release() -> Bool {
        let released = state.compareExchange(
            expected: State.busy, desired: State.idle, ordering: .acquiringAndReleasing
        ).exchanged
        if !released { state.store(State.busy, ordering: .releasing) }
        return released
    }

    /// Nobody owns it any more.
    borrowing func end() {
        state.store(State.ended, ordering: .releasing)
    }
}
