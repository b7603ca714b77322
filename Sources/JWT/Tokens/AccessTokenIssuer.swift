internal import Cryptography
internal import JSON

/// Issues access tokens of one issuer for one audience, signed with one key (RFC 9068).
///
/// ```swift
/// let issuer = AccessTokenIssuer(key: .generate(.es256), issuer: "https://example.org", audience: "https://example.org")
/// let (token, claims) = try issuer.issue(subject: "7", username: "vicky", roles: [], clientID: "site")
/// ```
public struct AccessTokenIssuer: Sendable {
    /// The longest token that is issued, in bytes: nginx's buffers are set to match.
    public static let maximumTokenBytes = 2560

    private let key: SigningKey
    private let issuer: String
    private let audience: String
    private let lifetime: Duration
    private let clock: @Sendable () -> UnixTime
    private let encodedHeader: [UInt8]

    /// - Precondition: `lifetime` is at least one second; `issuer` and `audience` are not empty.
    public init(
        key: SigningKey, issuer: String, audience: String, lifetime: Duration = .seconds(3600),
        clock: @escaping @Sendable () -> UnixTime = { .now }
    ) {
        precondition(lifetime >= .seconds(1), "a token needs a lifetime")
        precondition(!issuer.isEmpty && !audience.isEmpty, "a token needs an issuer and an audience")
        self.key = key
        self.issuer = issuer
        self.audience = audience
        self.lifetime = lifetime
        self.clock = clock
        let header: JSONValue = [
            "alg": .string(key.algorithm.rawValue), "kid": .string(key.keyID), "typ": "at+jwt",
        ]
        var encodedHeader: [UInt8] = []
        Base64URL.append(header.serialized().span, to: &encodedHeader)
        self.encodedHeader = encodedHeader
    }

    /// A new token with an id of its own.
    /// - Parameters:
    ///   - subject: `sub`, the account's id.
    ///   - username: as it is shown.
    ///   - roles: the account's.
    ///   - clientID: `client_id`, the application that the token is for.
    ///   - sessionID: `sid`; left away where there is no session.
    ///   - authenticatedAt: when a password was last shown; now where that is what just happened.
    ///   - epoch: the account's; see ``AccessTokenClaims/epoch``.
    ///   - sessionEnd: when the token is to expire at the latest; it lasts a second in any case.
    /// - Throws: `invalidClaim` for an empty string or a negative epoch, `tokenTooLong` beyond ``maximumTokenBytes``.
    public func issue(
        subject: String, username: String, roles: [String], clientID: String, sessionID: String? = nil,
        authenticatedAt: UnixTime? = nil, epoch: Int64 = 0, sessionEnd: UnixTime? = nil
    ) throws(JWTError) -> (token: String, claims: AccessTokenClaims) {
        if subject.isEmpty { throw .invalidClaim(.subject) }
        if username.isEmpty { throw .invalidClaim(.username) }
        if clientID.isEmpty { throw .invalidClaim(.clientID) }
        if roles.contains("") { throw .invalidClaim(.roles) }
        if sessionID?.isEmpty == true { throw .invalidClaim(.sessionID) }
        if epoch < 0 { throw .invalidClaim(.epoch) }
        let now = clock()
        let expiry = min(now + lifetime, max(sessionEnd ?? now + lifetime, now + .seconds(1)))
        let claims = AccessTokenClaims(
            issuer: issuer, subject: subject, audience: [audience], expiry: expiry, issuedAt: now,
            authenticatedAt: authenticatedAt ?? now, tokenID: Base64URL.encode(randomBytes(16).span),
            sessionID: sessionID, username: username, roles: roles, clientID: clientID, epoch: epoch)
        let token = CompactJWS.sign(payload: claims.serialized().span, encodedHeader: encodedHeader, key: key)
        guard token.utf8.count <= AccessTokenIssuer.maximumTokenBytes else { throw .tokenTooLong }
        return (token, claims)
    }
}
