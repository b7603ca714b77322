internal import Bcrypt
internal import ForeignHashes

/// Where passwords are hashed.
package enum HashingMode: Sendable {
    /// On threads of this process.
    case threads
    /// In another process, of which the function gives a connection, or nil where there is none now; see
    /// `ProcessEngine`.
    case process(connect: @Sendable () -> Int32?)

    func hasher(threads: Int, timeLimit: Duration) -> BcryptHasher {
        switch self {
        case .threads: BcryptHasher(threads: threads, timeLimit: timeLimit)
        case .process(let connect):
            BcryptHasher(engine: ProcessEngine(threads: threads, connect: connect), timeLimit: timeLimit)
        }
    }

    func foreignVerifier(timeLimit: Duration) -> ForeignVerifier {
        switch self {
        case .threads: ForeignVerifier(timeLimit: timeLimit)
        case .process(let connect): ForeignVerifier(timeLimit: timeLimit, connect: connect)
        }
    }
}
