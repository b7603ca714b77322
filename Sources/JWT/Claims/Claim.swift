/// The claims that we read, by their names in the payload.
public enum Claim: String, Sendable, CaseIterable {
    /// Who issued the token (RFC 7519 §4.1.1).
    case issuer = "iss"
    /// Whom it speaks of (RFC 7519 §4.1.2): an account's id.
    case subject = "sub"
    /// Whom it is meant for (RFC 7519 §4.1.3).
    case audience = "aud"
    /// When it ends (RFC 7519 §4.1.4).
    case expiry = "exp"
    /// When it begins (RFC 7519 §4.1.5).
    case notBefore = "nbf"
    /// When it was made (RFC 7519 §4.1.6).
    case issuedAt = "iat"
    /// Its own name (RFC 7519 §4.1.7).
    case tokenID = "jti"
    /// When a password was last shown (OpenID Connect Core §2, RFC 9068 §2.2.1).
    case authenticatedAt = "auth_time"
    /// The session that it belongs to (OpenID Connect Front-Channel Logout §3).
    case sessionID = "sid"
    /// The account's name as registered.
    case username
    /// What the account may do (RFC 9068 §2.2.3.1).
    case roles
    /// The client that asked for it (RFC 8693 §4.3, RFC 9068 §2.2).
    case clientID = "client_id"
    /// How often the account's tokens have been called back, as a number that only grows.
    case epoch
}
