internal import JSON

/// The registered claims of RFC 7519 §4.1, each with exactly its type. Reading them judges none of them; see ``checkTimes(at:leeway:)``.
///
/// Times are integers written without fraction or exponent. RFC 7519 §2 would allow `1.3e9` and fractions; no issuer that we know
/// needs them, and an exact integer cannot be rounded to a later second. Strings must not be empty.
public struct RegisteredClaims: Sendable {
    /// How far two machines' clocks may differ before one of them should rather be set right.
    public static let maximumLeeway = Duration.seconds(60)

    /// `iss`
    public let issuer: String?
    /// `sub`
    public let subject: String?
    /// `aud`: one string or an array of them; empty where absent.
    public let audience: [String]
    /// `exp`
    public let expiry: UnixTime?
    /// `nbf`
    public let notBefore: UnixTime?
    /// `iat`
    public let issuedAt: UnixTime?
    /// `jti`
    public let tokenID: String?

    /// Reads a payload.
    /// - Throws: `malformedPayload`, `duplicateName`, or `invalidClaim` for the first claim of a wrong type.
    public init(parsing payload: borrowing Span<UInt8>) throws(JWTError) {
        try self.init(try JSONObject(parsing: payload, orThrow: .malformedPayload))
    }

    init(_ claims: JSONObject) throws(JWTError) {
        issuer = try claims.string(.issuer)
        subject = try claims.string(.subject)
        audience = try claims.strings(.audience, orOne: true) ?? []
        expiry = try claims.time(.expiry)
        notBefore = try claims.time(.notBefore)
        issuedAt = try claims.time(.issuedAt)
        tokenID = try claims.string(.tokenID)
    }

    /// Judges `exp`, which must be there, `nbf` and `iat` against a time.
    ///
    /// A token is valid as long as now is before `exp`, and from the seconds `nbf` and `iat` on. `leeway` forgives that much
    /// difference between two machines' clocks in either direction.
    /// - Precondition: `leeway` is from 0 to ``maximumLeeway``.
    public func checkTimes(at now: UnixTime, leeway: Duration = .zero) throws(JWTError) {
        precondition(leeway >= .zero && leeway <= Self.maximumLeeway, "leeway is for clocks, not for lifetimes")
        guard let expiry else { throw .missingClaim(.expiry) }
        guard now - leeway < expiry else { throw .expired }
        if let notBefore, now + leeway < notBefore { throw .notYetValid }
        if let issuedAt, now + leeway < issuedAt { throw .issuedInFuture }
    }
}
