package import Cryptography
internal import Dispatch
internal import Synchronization
internal import Threading

/// Compares passwords with foreign hashes off the caller's thread, one at a time and first come, first served.
///
/// In another process where there is one for hashing, otherwise on a thread of this one. Who would have to wait longer than the
/// time limit is refused at once.
package final class ForeignVerifier: Sendable {
    private struct State {
        var waiting = 0
        /// What one takes, learnt from the last ones.
        var pace = Duration.milliseconds(300)
    }

    private typealias Outcome = Result<Bool, ForeignVerificationError>

    private let timeLimit: Duration
    private let process: ForeignProcess?
    private let queue = DispatchQueue(label: "gatelodge.foreign-hashes")
    private let state = Locked(State())

    /// - Parameters:
    ///   - timeLimit: how long one may take in all, waiting included.
    ///   - connect: gives a connection to a hashing process with ``ForeignWork``, or nil where there is none now.
    package init(timeLimit: Duration = .seconds(10), connect: (@Sendable () -> Int32?)? = nil) {
        self.timeLimit = timeLimit
        process = connect.map(ForeignProcess.init)
    }

    /// Whether a password is the one that was hashed. The caller's executor is where this begins and where it resumes.
    package nonisolated(nonsending) func verify(
        _ password: SecretBytes, against hash: ForeignHash
    ) async throws(ForeignVerificationError) -> Bool {
        if let retryAfter = admit() { throw .overloaded(retryAfter: retryAfter) }
        let question = ForeignQuestion(hash, password)
        let end = ContinuousClock.now + timeLimit
        let isCancelled = Flag()
        let outcome: Outcome = await withTaskCancellationHandler {
            unsafe await withUnsafeContinuation { continuation in
                queue.async { [self] in
                    let outcome = isCancelled.isSet ? .failure(.cancelled) : perform(question, until: end)
                    state.withLock { $0.waiting -= 1 }
                    unsafe continuation.resume(returning: outcome)
                }
            }
        } onCancel: {
            isCancelled.set()
        }
        return try outcome.get()
    }

    /// Lets one in, or says when to come again.
    private func admit() -> Duration? {
        state.withLock { state in
            let wait = state.pace * state.waiting
            guard wait <= timeLimit else { return wait - timeLimit }
            state.waiting += 1
            return nil
        }
    }

    private func perform(_ question: ForeignQuestion, until end: ContinuousClock.Instant) -> Outcome {
        let begin = ContinuousClock.now
        guard begin < end else { return .failure(.overloaded(retryAfter: .seconds(1))) }
        let answer = if let process { process.ask(question, until: end) } else { question.answer() }
        let time = ContinuousClock.now - begin
        state.withLock { $0.pace += (time - $0.pace) / 8 }
        switch answer {
        case .yes?: return .success(true)
        case .no?: return .success(false)
        case .impossible?: return .failure(.impossible(question.hash.algorithm))
        case nil: return .failure(.unanswered)
        }
    }
}

/// Something that is set once.
private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set() { value.store(true, ordering: .releasing) }
}
