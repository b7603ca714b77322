/// Why a password could not be compared with a foreign hash. None of these says anything of the password.
package enum ForeignVerificationError: Error, Hashable, Sendable {
    /// Those that wait leave no time for another one.
    case overloaded(retryAfter: Duration)
    /// The awaiting task was cancelled.
    case cancelled
    /// This machine lacks the library, or the memory, for the algorithm.
    case impossible(ForeignAlgorithm)
    /// The hashing process has not answered in time, or does not know of foreign hashes.
    case unanswered
}
