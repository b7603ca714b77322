internal import JWT

/// Who a good access token speaks for.
package struct Identity: Sendable, Equatable {
    /// `sub`: what applications key on.
    package let accountID: String
    /// As registered.
    package let username: String
    package let roles: [String]
    /// `sid`
    package let sessionID: String?
    /// `jti`
    package let tokenID: String
    /// `auth_time`: when a password was last shown.
    package let authenticatedUnixSeconds: Int64
    /// `exp`
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
}
