package import Counting
internal import JSON

/// Decides whether an access token is good, with every check every time (RFC 9068 §4, RFC 8725 §3).
///
/// Where keys change, make another verifier and let it take this one's place: some thousand good tokens are remembered, so
/// that their signatures are verified once, and what is remembered ends with the verifier.
public struct AccessTokenVerifier: Sendable {
    private struct Expectations {
        let issuer: String
        let audience: String
    }

    private let keys: KeySet
    private let expectations: Expectations?
    private let clock: @Sendable () -> UnixTime
    private let leeway: Duration
    private let cache = VerifiedTokenCache(capacity: 4096)
    /// How often a token was remembered.
    package var lookups = CacheLookups()

    /// - Parameters:
    ///   - keys: What signatures must be made with.
    ///   - issuer: What `iss` must be, byte for byte.
    ///   - audience: What `aud` must be or contain, byte for byte.
    ///   - clock: What time it is.
    ///   - leeway: How far two machines' clocks may differ.
    /// - Precondition: `leeway` is from 0 to ``RegisteredClaims/maximumLeeway``; `issuer` and `audience` are not empty.
    public init(
        keys: KeySet, issuer: String, audience: String, clock: @escaping @Sendable () -> UnixTime = { .now },
        leeway: Duration = .zero
    ) {
        precondition(!issuer.isEmpty && !audience.isEmpty, "a verifier must know whose tokens it expects")
        self.init(
            keys: keys, expectations: Expectations(issuer: issuer, audience: audience), clock: clock, leeway: leeway)
    }

    /// For looking at a token whose issuer and audience are not known beforehand, as the command line does. **Never for letting
    /// somebody in**: every other issuer that shares a key would be accepted. Both claims must still be there.
    public init(
        uncheckedIssuerAndAudience keys: KeySet, clock: @escaping @Sendable () -> UnixTime = { .now },
        leeway: Duration = .zero
    ) {
        self.init(keys: keys, expectations: nil, clock: clock, leeway: leeway)
    }

    private init(
        keys: KeySet, expectations: Expectations?, clock: @escaping @Sendable () -> UnixTime, leeway: Duration
    ) {
        precondition(
            leeway >= .zero && leeway <= RegisteredClaims.maximumLeeway, "leeway is for clocks, not for lifetimes")
        self.keys = keys
        self.expectations = expectations
        self.clock = clock
        self.leeway = leeway
    }

    /// The claims of a good token.
    /// - Throws: the first fault: of the text, the header, the key, the signature, the type, the claims, the time.
    public func verify(_ token: borrowing Span<UInt8>) throws(JWTError) -> AccessTokenClaims {
        guard token.count <= CompactJWS.maximumTokenBytes else { throw .tokenTooLong }
        // What a signature proves stays true while the keys do; time goes on.
        let key = VerifiedTokenCache.Key(token)
        if let entry = cache.find(key) {
            lookups.hits.add()
            try entry.registered.checkTimes(at: clock(), leeway: leeway)
            return entry.claims
        }
        lookups.misses.add()
        let (registered, claims) = try authenticate(token)
        try registered.checkTimes(at: clock(), leeway: leeway)
        cache.insert(VerifiedTokenCache.Entry(registered: registered, claims: claims), for: key)
        return claims
    }

    /// The claims of a good token.
    public func verify(_ token: String) throws(JWTError) -> AccessTokenClaims { try verify(token.utf8.span) }

    private func authenticate(
        _ token: borrowing Span<UInt8>
    ) throws(JWTError) -> (RegisteredClaims, AccessTokenClaims) {
        let jws = try CompactJWS(verifying: token, keys: keys)
        try jws.header.requireAccessToken()
        let payload = try JSONObject(parsing: jws.payload.span, orThrow: .malformedPayload)
        let registered = try RegisteredClaims(payload)
        let claims = try AccessTokenClaims(registered, payload)
        if let expectations {
            guard hasSameBytes(claims.issuer, expectations.issuer) else { throw .wrongIssuer }
            guard claims.audience.contains(where: { hasSameBytes($0, expectations.audience) }) else {
                throw .wrongAudience
            }
        }
        return (registered, claims)
    }
}
