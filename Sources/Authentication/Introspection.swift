internal import JWT

/// What a service is told about an access token that is good now (RFC 7662 §2.2).
package struct Introspection: Sendable, Equatable {
    package let identity: Identity
    /// `iss`
    package let issuer: String
    /// `aud`
    package let audience: [String]
    /// `client_id`
    package let clientID: String
    /// `iat`
    package let issuedAtUnixSeconds: Int64

    init(_ claims: AccessTokenClaims) {
        identity = Identity(claims)
        issuer = claims.issuer
        audience = claims.audience
        clientID = claims.clientID
        issuedAtUnixSeconds = claims.issuedAt.seconds
    }
}
