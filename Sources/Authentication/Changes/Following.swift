internal import Storage
internal import Synchronization

/// How far this process has followed what others did to the database, and by what thread.
final class Following: Sendable {
    struct State {
        /// Of the last revocation that has been taken over.
        var sequence: Int64 = 0
        /// Something changed that could not be read yet.
        var isBehind = false
        var watch: StoreWatch?
    }

    private let state = Mutex(State())

    func withState<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        state.withLock { body(&$0) }
    }
}
