internal import JSON

/// What an access token says (RFC 9068 §2.2, and `username` and `epoch` of ours).
public struct AccessTokenClaims: Sendable, Equatable {
    /// `iss`
    public let issuer: String
    /// `sub`: the account's id.
    public let subject: String
    /// `aud`, at least one.
    public let audience: [String]
    /// `exp`
    public let expiry: UnixTime
    /// `iat`
    public let issuedAt: UnixTime
    /// `nbf`; we issue none, but honour it.
    public let notBefore: UnixTime?
    /// `auth_time`: set at login, kept by refresh.
    public let authenticatedAt: UnixTime
    /// `jti`
    public let tokenID: String
    /// `sid`
    public let sessionID: String?
    /// `username`, as registered.
    public let username: String
    /// `roles`, none where the claim is absent.
    public let roles: [String]
    /// `client_id`
    public let clientID: String
    /// `epoch`: the account's when the token was issued, 0 where the claim is absent. A token with a lower one than the
    /// account's is called back.
    public let epoch: Int64

    /// Claims for a new token.
    package init(
        issuer: String, subject: String, audience: [String], expiry: UnixTime, issuedAt: UnixTime,
        notBefore: UnixTime? = nil, authenticatedAt: UnixTime, tokenID: String, sessionID: String? = nil,
        username: String, roles: [String], clientID: String, epoch: Int64 = 0
    ) {
        self.issuer = issuer
        self.subject = subject
        self.audience = audience
        self.expiry = expiry
        self.issuedAt = issuedAt
        self.notBefore = notBefore
        self.authenticatedAt = authenticatedAt
        self.tokenID = tokenID
        self.sessionID = sessionID
        self.username = username
        self.roles = roles
        self.clientID = clientID
        self.epoch = epoch
    }

    /// Takes the claims that `registered` has read from the same payload, and the others.
    init(_ registered: RegisteredClaims, _ claims: JSONObject) throws(JWTError) {
        issuer = try require(registered.issuer, .issuer)
        subject = try require(registered.subject, .subject)
        guard !registered.audience.isEmpty else { throw .missingClaim(.audience) }
        audience = registered.audience
        expiry = try require(registered.expiry, .expiry)
        issuedAt = try require(registered.issuedAt, .issuedAt)
        notBefore = registered.notBefore
        authenticatedAt = try require(try claims.time(.authenticatedAt), .authenticatedAt)
        tokenID = try require(registered.tokenID, .tokenID)
        sessionID = try claims.string(.sessionID)
        username = try require(try claims.string(.username), .username)
        roles = try claims.strings(.roles) ?? []
        clientID = try require(try claims.string(.clientID), .clientID)
        epoch = try claims.count(.epoch) ?? 0
    }

    /// The payload, its members always in the same order.
    func serialized() -> [UInt8] {
        var claims = JSONObject()
        func set(_ claim: Claim, _ value: JSONValue?) { claims[claim.rawValue] = value }
        set(.issuer, .string(issuer))
        set(.subject, .string(subject))
        set(.audience, audience.count == 1 ? .string(audience[0]) : .array(audience.map(JSONValue.string)))
        set(.expiry, .integer(expiry.seconds))
        set(.notBefore, notBefore.map { .integer($0.seconds) })
        set(.issuedAt, .integer(issuedAt.seconds))
        set(.authenticatedAt, .integer(authenticatedAt.seconds))
        set(.tokenID, .string(tokenID))
        set(.sessionID, sessionID.map(JSONValue.string))
        set(.username, .string(username))
        set(.roles, .array(roles.map(JSONValue.string)))
        set(.clientID, .string(clientID))
        if epoch != 0 { set(.epoch, .integer(epoch)) }
        return JSONValue.object(claims).serialized()
    }
}

private func require<Value>(_ value: Value?, _ claim: Claim) throws(JWTError) -> Value {
    guard let value else { throw .missingClaim(claim) }
    return value
}
