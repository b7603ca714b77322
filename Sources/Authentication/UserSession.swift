internal import Storage

/// A live session as its owner and an administrator may see it.
package struct UserSession: Sendable, Equatable {
    package enum Kind: String, Sendable {
        /// Of access and refresh tokens.
        case tokens
        case cookie
    }

    /// `sid` of its tokens; opens nothing.
    package let id: String
    package let kind: Kind
    package let createdUnixSeconds: Int64
    package let lastUsedUnixSeconds: Int64
    /// Of the last login or refresh.
    package let address: String
    /// What the client called itself.
    package let userAgent: String
    /// Whether it is the session that asks.
    package let isCurrent: Bool

    init(_ session: Session, asking: String?) {
        id = session.id.text
        kind =
            switch session.kind {
            case .refresh: .tokens
            case .cookie: .cookie
            }
        createdUnixSeconds = session.createdUnixSeconds
        lastUsedUnixSeconds = session.lastUsedUnixSeconds
        address = session.address
        userAgent = session.userAgent
        isCurrent = session.id.text == asking
    }
}
