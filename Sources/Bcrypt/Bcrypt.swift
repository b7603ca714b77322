internal import Cryptography

/// bcrypt on the calling thread, for commands and tests; servers use ``BcryptHasher``.
///
/// ```swift
/// let hash = try Bcrypt.hash("correct horse".utf8.span)
/// print(hash)                                                       // $2b$10$…
/// try Bcrypt.verify("correct horse".utf8.span, against: hash)       // true
/// ```
public enum Bcrypt {
    /// The longest password taken, in bytes.
    public static let maximumPasswordBytes = 1024

    /// The dearest hash verified unless the caller says otherwise: about three seconds of work.
    public static let standardCostLimit = 16

    /// Hashes a password under a new random salt; blocks for the whole time.
    ///
    /// - Throws: ``BcryptError/passwordTooLong(bytes:)``.
    public static func hash(
        _ password: borrowing Span<UInt8>, cost: BcryptCost = .standard
    ) throws(BcryptError) -> BcryptHash {
        let hashing = try Hashing(password, cost: cost, salt: randomSalt())
        return hashing.hash(with: hashing.job.digest())
    }

    /// Whether a password is the one that was hashed; blocks for the whole time.
    ///
    /// A password of more than 72 bytes is never that of a `$2b$` hash. `$2a$` and `$2y$` hashes, which others wrote,
    /// know only its first 72 bytes.
    ///
    /// - Throws: ``BcryptError/passwordTooLong(bytes:)`` and, before any work,
    ///   ``BcryptError/costAboveLimit(cost:limit:)``.
    public static func verify(
        _ password: borrowing Span<UInt8>, against hash: BcryptHash, costLimit: Int = standardCostLimit
    ) throws(BcryptError) -> Bool {
        let verification = try Verification(password, against: hash, costLimit: costLimit)
        return verification.isMatch(verification.job.digest())
    }

    static func randomSalt() -> [16 of UInt8] {
        let bytes = randomBytes(16)
        return [16 of UInt8] { bytes[$0] }
    }

    static func checkLength(_ password: borrowing Span<UInt8>) throws(BcryptError) {
        guard password.count <= maximumPasswordBytes else { throw .passwordTooLong(bytes: password.count) }
    }
}
