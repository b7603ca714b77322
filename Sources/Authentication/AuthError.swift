/// Why a rule said no. Each case is one answer of the HTTP contract; causes are for the log and hold no secret.
///
/// ``invalidCredentials``, ``missingToken`` and ``invalidToken(code:)`` mean that a credential was judged and found bad. A fault of
/// ours is never one of them.
package enum AuthError: Error, Sendable, Hashable {
    /// Unknown name, wrong password or disabled account: the same for all.
    case invalidCredentials
    /// No token was given.
    case missingToken
    /// The token is not good; `code` is `JWTError`'s.
    case invalidToken(code: String)

    /// The password holds a NUL or is not UTF-8.
    case malformedPassword
    /// The name cannot be a username; with every reason.
    case invalidUsername([UsernameFault])
    /// The password may not be set; with every reason.
    case weakPassword([PasswordWeakness])
    /// The role is not of the form of one, or there are too many.
    case invalidRoles
    /// An account of that name, or of one that is the same to the canonical form, exists.
    case usernameTaken
    /// Accounts are made by the operator only.
    case registrationClosed
    /// No account has that name; said to operators only.
    case accountMissing

    /// Too many passwords are being hashed.
    case overloaded(retryAfter: Duration)
    /// The caller gave up waiting.
    case cancelled
    /// The database, or the process itself, cannot serve now.
    case unavailable(cause: String)
    /// Something that must not be was found, such as a stored hash that nobody can read.
    case fault(cause: String)
}
