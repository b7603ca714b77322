internal import Glibc

/// State that one thread at a time may touch, under a POSIX mutex.
///
/// Not `Synchronization.Mutex`: its slow path spins, which took an eighth of the processor time of four busy threads on
/// two cores, and it lies where ThreadSanitizer cannot see it, so that correct programs are reported.
@safe package final class Locked<State>: @unchecked Sendable {
    // Sendable because the state is touched under the mutex alone, which stays at one address.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var state: State

    /// A lock over this state.
    package init(_ state: sending State) {
        self.state = state
        unsafe mutex = .allocate(capacity: 1)
        unsafe precondition(pthread_mutex_init(mutex, nil) == 0, "a mutex needs nothing but its own memory")
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Runs a short piece of work alone: nothing that waits, hashes or writes.
    package func withLock<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return try body(&state)
    }
}
