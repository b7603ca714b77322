/// What became of a refresh token that was presented.
package enum RefreshOutcome: Sendable, Equatable {
    /// It was the valid one; its successor is now.
    case rotated(Session, Account)
    /// It was valid until a moment ago: its successor is given again.
    case repeated(Session, Account)
    /// It was used long ago, so somebody else holds it or its successor: the session has been ended.
    case reused(Session)
    case expired(Session)
    /// The session had ended before, or its account may not be used.
    case ended(Session)
    /// No such session, or not its token.
    case unknown
}
