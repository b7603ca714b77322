internal import JWT
internal import Storage

/// Who a good access token or cookie speaks for.
package struct Identity: Sendable, Equatable {
    /// `sub`: what applications key on.
    package let accountID: String
    /// As registered.
    package let username: String
    package let roles: [String]
    /// `sid`
    package let sessionID: String?
    /// `jti`; empty for a cookie.
    package let tokenID: String
    /// `auth_time`: when a password was last shown.
    package let authenticatedUnixSeconds: Int64
    /// `exp`; for a cookie the end of the session where nobody uses it.
    package let expiryUnixSeconds: Int64

    init(_ claims: AccessTokenClaims) {
        accountID = claims.subject
        username = claims.username
        roles = claims.roles
        sessionID = claims.sessionID
        tokenID = claims.tokenID
        authenticatedUnixSeconds = claims.authenticatedAt.seconds
        expiryUnixSeconds = claims.expiry.seconds
    }

    init(_ session: Session, _ account: Account, expiryUnixSeconds: Int64) {
        accountID = account.id.text
        username = account.username
        roles = account.roles
        sessionID = session.id.text
        tokenID = ""
        authenticatedUnixSeconds = session.authenticatedUnixSeconds
        self.expiryUnixSeconds = expiryUnixSeconds
    }
}
