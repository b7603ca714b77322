internal import Dispatch
internal import Storage
internal import Threading

/// How far this process has followed what others did to the database, and by what thread.
final class Following: Sendable {
    struct State {
        /// Of the last revocation that has been taken over.
        var sequence: Int64 = 0
        /// Something changed that could not be read yet.
        var isBehind = false
        /// Keys are being made or dropped.
        var isKeepingUp = false
        /// That failed when it was last tried.
        var hasFailedToKeepUp = false
        var watch: StoreWatch?
        /// When the database answered last; nil while nobody watches it.
        var answered: ContinuousClock.Instant?
    }

    /// The watch asks four times a second, and while another process recovers a log it waits two seconds for an answer.
    private static let answerLimit = Duration.seconds(3)

    private let state = Locked(State())

    /// Where keys are made and written: neither may hold up the thread that watches, which has a second to keep.
    private let upkeep = DispatchQueue(label: "gatelodge.keys")

    func withState<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        state.withLock { body(&$0) }
    }

    /// Whether the database has answered of late, and everything in it could be read.
    var isAnswered: Bool {
        state.withLock { state in
            guard let answered = state.answered, !state.isBehind else { return false }
            return .now - answered < Self.answerLimit
        }
    }

    /// Does some work on keys later on, unless some is under way.
    func keepUp(_ work: @escaping @Sendable () -> Void) {
        let isIdle = state.withLock { state in
            defer { state.isKeepingUp = true }
            return !state.isKeepingUp
        }
        guard isIdle else { return }
        upkeep.async { [self] in
            work()
            state.withLock { $0.isKeepingUp = false }
        }
    }

    /// Blocks until no work on keys is under way.
    func finish() {
        upkeep.sync {}
    }
}
