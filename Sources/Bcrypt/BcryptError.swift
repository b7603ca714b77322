/// What can go wrong with a password hash.
public enum BcryptError: Error, Hashable, Sendable {
    /// The text is not a hash string that this library reads, or one that no bcrypt writes (spare bits set, a cost
    /// with the wrong number of digits).
    case malformedHash

    /// `$2x$`: made by a crypt_blowfish of before 2011 that mixed up bytes above 127; such hashes are refused.
    case unsupportedScheme

    /// The cost is not one that may be asked for here.
    case costOutOfRange(Int)

    /// The hash is dearer than the caller allows: work for minutes or days, planted or mistaken.
    case costAboveLimit(cost: Int, limit: Int)

    /// Longer than ``Bcrypt/maximumPasswordBytes``; nothing is truncated.
    case passwordTooLong(bytes: Int)

    /// The work that waits, or that came before, leaves no time for this password before its deadline.
    case overloaded(retryAfter: Duration)

    /// The awaiting task was cancelled.
    case cancelled

    /// The hasher has been stopped.
    case stopped
}
