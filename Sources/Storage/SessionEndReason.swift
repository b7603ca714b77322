/// Why a session ended.
package enum SessionEndReason: String, Sendable {
    case loggedOut
    /// From the list of sessions, by its own user.
    case endedByUser
    case endedByOperator
    case passwordChanged
    case accountDisabled
    case accountDeleted
    /// An old refresh token came back after its grace period (RFC 9700 §4.14.2).
    case tokenReused
    /// The oldest one, when an account began more than it may have.
    case tooMany
    /// By an application (RFC 7009).
    case revoked
}
