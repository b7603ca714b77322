/// Why a rule said no. Each case is one answer of the HTTP contract; causes are for the log and hold no secret.
///
/// ``invalidCredentials``, ``missingToken``, ``invalidToken(code:)`` and the cases of refresh tokens mean that a credential was judged
/// and found bad. A fault of ours is never one of them.
package enum AuthError: Error, Sendable, Hashable {
    /// Unknown name, wrong password or disabled account: the same for all.
    case invalidCredentials
    /// No token was given.
    case missingToken
    /// The token or cookie is not good; `code` is `JWTError`'s or one of ours.
    case invalidToken(code: String)

    /// Not a refresh token of ours, or of a session that is long forgotten.
    case refreshInvalid
    /// The session was not used for too long, or is too old.
    case refreshExpired
    /// The refresh token had been exchanged before: its session has ended now.
    case refreshReused
    /// The session of the refresh token has ended.
    case sessionRevoked
    /// The account has no such live session.
    case sessionMissing
    /// The password that confirms a change is another one. Not a matter of the token, which is good.
    case wrongPassword

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
    /// No invite has this code, or it was used, or it is too old.
    case inviteInvalid
    /// No account has that name or id; said to operators and administrators only.
    case accountMissing

    /// A service's name is `[a-z0-9:_-]{1,32}`.
    case invalidServiceName
    /// A service of that name exists.
    case serviceExists
    /// No service has that name.
    case serviceMissing

    /// No signing key has that id.
    case keyMissing
    /// A signing key of that id exists.
    case keyExists
    /// The key cannot be what the operator wants it to be.
    case keyUnusable(reason: String)

    /// Too many wrong passwords, or too many registrations; `retryAfter` is in whole seconds.
    case throttled(retryAfter: Duration)
    /// Too many passwords are being hashed.
    case overloaded(retryAfter: Duration)
    /// The caller gave up waiting.
    case cancelled
    /// The database, or the process itself, cannot serve now.
    case unavailable(cause: String)
    /// Something that must not be was found, such as a stored hash that nobody can read.
    case fault(cause: String)
}

extension AuthError {
    /// A stable name, for the audit and the log.
    package var code: String {
        switch self {
        case .invalidCredentials: "invalid_credentials"
        case .missingToken: "missing_token"
        case .invalidToken(let code): code
        case .refreshInvalid: "refresh_invalid"
        case .refreshExpired: "refresh_expired"
        case .refreshReused: "refresh_reused"
        case .sessionRevoked: "session_revoked"
        case .sessionMissing: "session_missing"
        case .wrongPassword: "wrong_password"
        case .malformedPassword: "malformed_password"
        case .invalidUsername: "invalid_username"
        case .weakPassword: "weak_password"
        case .invalidRoles: "invalid_roles"
        case .usernameTaken: "username_taken"
        case .registrationClosed: "registration_closed"
        case .inviteInvalid: "invite_invalid"
        case .accountMissing: "account_missing"
        case .invalidServiceName: "invalid_service_name"
        case .serviceExists: "service_exists"
        case .serviceMissing: "service_missing"
        case .keyMissing: "key_missing"
        case .keyExists: "key_exists"
        case .keyUnusable: "key_unusable"
        case .throttled: "throttled"
        case .overloaded: "overloaded"
        case .cancelled: "cancelled"
        case .unavailable: "unavailable"
        case .fault: "fault"
        }
    }

    /// What the log should say of a fault of ours.
    package var cause: String? {
        switch self {
        case .unavailable(let cause), .fault(let cause): cause
        case .keyUnusable(let reason): reason
        case .overloaded, .cancelled, .throttled, .invalidCredentials, .missingToken, .invalidToken, .refreshInvalid,
            .refreshExpired, .refreshReused, .sessionRevoked, .sessionMissing, .wrongPassword, .malformedPassword,
            .invalidUsername, .weakPassword, .invalidRoles, .usernameTaken, .registrationClosed, .inviteInvalid,
            .accountMissing, .invalidServiceName, .serviceExists, .serviceMissing, .keyMissing, .keyExists:
            nil
        }
    }

    /// Whether the same may well succeed a moment later.
    var isPassing: Bool {
        switch self {
        case .overloaded, .cancelled: true
        case .unavailable, .fault, .throttled, .invalidCredentials, .missingToken, .invalidToken, .refreshInvalid,
            .refreshExpired, .refreshReused, .sessionRevoked, .sessionMissing, .wrongPassword, .malformedPassword,
            .invalidUsername, .weakPassword, .invalidRoles, .usernameTaken, .registrationClosed, .inviteInvalid,
            .accountMissing, .invalidServiceName, .serviceExists, .serviceMissing, .keyMissing, .keyExists,
            .keyUnusable:
            false
        }
    }

    /// Whether somebody or something was judged, as opposed to us not being able to.
    var isVerdict: Bool {
        switch self {
        case .overloaded, .cancelled, .unavailable, .fault: false
        case .invalidCredentials, .missingToken, .invalidToken, .refreshInvalid, .refreshExpired, .refreshReused,
            .sessionRevoked, .sessionMissing, .wrongPassword, .malformedPassword, .invalidUsername, .weakPassword,
            .invalidRoles, .usernameTaken, .registrationClosed, .inviteInvalid, .accountMissing, .invalidServiceName,
            .serviceExists, .serviceMissing, .keyMissing, .keyExists, .keyUnusable, .throttled:
            true
        }
    }
}
