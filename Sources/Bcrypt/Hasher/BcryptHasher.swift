internal import Cryptography

/// Hashes and verifies passwords off the caller's thread, many at once.
///
/// Its own threads, one per core, each run several passwords interleaved. First come, first served; a password that would
/// have to wait longer than its time limit is refused at once, before any work is done for it.
///
/// ```swift
/// let hasher = BcryptHasher()
/// let hash = try await hasher.hash("correct horse".utf8.span)
/// let isRight = try await hasher.verify(password.utf8.span, against: hash)
/// ```
///
/// Every function resumes on the caller's executor and throws ``BcryptError/cancelled`` where the awaiting task is
/// cancelled; the work is given up then.
public final class BcryptHasher: Sendable {
    private let engine: any BcryptEngine
    private let timeLimit: Duration
    private let costLimit: Int

    /// A hasher with threads of its own, which end when the last reference to it goes.
    ///
    /// - Parameters:
    ///   - threads: As many as the cores that this process may use, unless given.
    ///   - timeLimit: How long a password may take in all, waiting included.
    ///   - costLimit: The dearest hash that is verified.
    public convenience init(
        threads: Int? = nil, timeLimit: Duration = .seconds(10), costLimit: Int = Bcrypt.standardCostLimit
    ) {
        let settings = LaneSettings(threads: threads ?? Processors.count)
        self.init(engine: LaneEngine(settings), timeLimit: timeLimit, costLimit: costLimit)
    }

    /// A hasher on another engine.
    package init(
        engine: any BcryptEngine, timeLimit: Duration = .seconds(10), costLimit: Int = Bcrypt.standardCostLimit
    ) {
        self.engine = engine
        self.timeLimit = timeLimit
        self.costLimit = costLimit
    }

    /// What it is doing and has done.
    package var activity: HashingActivity { engine.activity }

    /// Hashes a password under a new random salt.
    ///
    /// - Throws: ``BcryptError/passwordTooLong(bytes:)``, ``BcryptError/overloaded(retryAfter:)``,
    ///   ``BcryptError/cancelled``.
    public nonisolated(nonsending) func hash(
        _ password: borrowing Span<UInt8>, cost: BcryptCost = .standard, within limit: Duration? = nil
    ) async throws(BcryptError) -> BcryptHash {
        let hashing = try Hashing(password, cost: cost, salt: Bcrypt.randomSalt())
        return hashing.hash(with: try await engine.digest(of: hashing.job, within: limit ?? timeLimit))
    }

    /// Whether a password is the one that was hashed; see ``Bcrypt/verify(_:against:costLimit:)``.
    ///
    /// - Parameters:
    ///   - password: The password, in bytes.
    ///   - hash: What was stored.
    ///   - paddedCost: A cheaper hash takes as long as one of this cost, so that its age does not show.
    ///   - limit: The longest time to wait; the hasher's own where nothing is said.
    /// - Throws: ``BcryptError/passwordTooLong(bytes:)``, ``BcryptError/costAboveLimit(cost:limit:)``,
    ///   ``BcryptError/overloaded(retryAfter:)``, ``BcryptError/cancelled``.
    public nonisolated(nonsending) func verify(
        _ password: borrowing Span<UInt8>, against hash: BcryptHash, paddedTo paddedCost: BcryptCost? = nil,
        within limit: Duration? = nil
    ) async throws(BcryptError) -> Bool {
        let verification = try Verification(password, against: hash, paddedTo: paddedCost, costLimit: costLimit)
        return verification.isMatch(try await engine.digest(of: verification.job, within: limit ?? timeLimit))
    }

    /// Takes the time and the work of one verification and tells nothing: for names that nobody has.
    ///
    /// - Throws: ``BcryptError/overloaded(retryAfter:)``, ``BcryptError/cancelled``: as a verification would.
    public nonisolated(nonsending) func burn(
        cost: BcryptCost = .standard, within limit: Duration? = nil
    ) async throws(BcryptError) {
        let nothing: [UInt8] = [0]
        let job = BcryptJob(cost: cost.value, salt: Bcrypt.randomSalt(), key: SecretBytes(copying: nothing.span))
        _ = try await engine.digest(of: job, within: limit ?? timeLimit)
    }
}
