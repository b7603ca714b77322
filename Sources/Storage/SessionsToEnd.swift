/// Which sessions a change of the password ends.
package enum SessionsToEnd: Sendable, Equatable {
    /// Every one; access tokens without a session as well.
    case all
    /// Every one but that in which the password was changed.
    case others(than: SessionID)
}
