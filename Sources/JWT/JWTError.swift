/// Why a token or a key is refused. No case carries any part of either.
///
/// Whoever presents a token should learn no more than "invalid token"; ``code`` is for logs and for the command line.
public enum JWTError: Error, Equatable, Sendable {
    // The token as text
    /// Longer than ``CompactJWS/maximumTokenBytes``; nothing of it was read.
    case tokenTooLong
    /// Not three parts between two dots (RFC 7515 §7.1).
    case notCompact
    /// Five parts: a JWE (RFC 7516 §9), which we never open.
    case encryptedToken
    /// A part that is not canonical base64url without padding (RFC 7515 §2, RFC 4648 §3.5).
    case invalidBase64URL
    /// The header or the payload names a member twice (RFC 7515 §4, RFC 7519 §4).
    case duplicateName

    // The JOSE header
    /// Not a JSON object, without `alg`, or with a parameter of the wrong type.
    case malformedHeader
    /// `alg` is not, letter for letter, an algorithm that we speak. `none` is one of those.
    case unsupportedAlgorithm
    /// `crit` is present: there is no extension that we understand (RFC 7515 §4.1.11).
    case criticalHeader
    /// `b64` is present (RFC 7797).
    case unencodedPayload
    /// `zip` is present (RFC 7516 §4.1.3).
    case compressedPayload
    /// `cty` says that the payload is a token again (RFC 7519 §5.2).
    case nestedToken
    /// `typ` is not the one of an access token (RFC 9068 §4).
    case wrongType

    // The key and the signature
    /// No `kid`, and more than one key that it could mean.
    case missingKeyID
    /// No key that we trust has this `kid`.
    case unknownKey
    /// `alg` is not the algorithm of the key (RFC 8725 §3.1).
    case algorithmMismatch
    /// The signature was not made over these bytes with this key.
    case invalidSignature

    // The claims
    /// The payload is not a JSON object.
    case malformedPayload
    /// A claim that must be there is not.
    case missingClaim(Claim)
    /// A claim has the wrong type or an impossible value.
    case invalidClaim(Claim)
    /// `exp` has been reached (RFC 7519 §4.1.4).
    case expired
    /// `nbf` has not been reached (RFC 7519 §4.1.5).
    case notYetValid
    /// `iat` has not been reached.
    case issuedInFuture
    /// `iss` is another one.
    case wrongIssuer
    /// `aud` does not name us.
    case wrongAudience

    // Keys from outside
    /// An HMAC secret of fewer than 32 bytes (RFC 7518 §3.2).
    case weakSecret
    /// An RSA key whose modulus has fewer than 2,048 bits or more than 8,192, or whose exponent is below 65537, even,
    /// or longer than 64 bits (RFC 7518 §3.3).
    case weakKey
    /// Not a key in the format that was asked for, or one whose parts contradict each other.
    case invalidKey
    /// A sound key for an algorithm that we do not speak.
    case unsupportedKey
    /// A JWK Set in which no key is of use to us.
    case noUsableKey
    /// Two keys of a set have the same `kid`.
    case duplicateKeyID
}

extension JWTError {
    /// A stable name for logs and scripts.
    public var code: String {
        switch self {
        case .tokenTooLong: "token_too_long"
        case .notCompact: "not_compact"
        case .encryptedToken: "encrypted_token"
        case .invalidBase64URL: "invalid_base64url"
        case .duplicateName: "duplicate_name"
        case .malformedHeader: "malformed_header"
        case .unsupportedAlgorithm: "unsupported_algorithm"
        case .criticalHeader: "critical_header"
        case .unencodedPayload: "unencoded_payload"
        case .compressedPayload: "compressed_payload"
        case .nestedToken: "nested_token"
        case .wrongType: "wrong_type"
        case .missingKeyID: "missing_key_id"
        case .unknownKey: "unknown_key"
        case .algorithmMismatch: "algorithm_mismatch"
        case .invalidSignature: "invalid_signature"
        case .malformedPayload: "malformed_payload"
        case .missingClaim: "missing_claim"
        case .invalidClaim: "invalid_claim"
        case .expired: "expired"
        case .notYetValid: "not_yet_valid"
        case .issuedInFuture: "issued_in_future"
        case .wrongIssuer: "wrong_issuer"
        case .wrongAudience: "wrong_audience"
        case .weakSecret: "weak_secret"
        case .weakKey: "weak_key"
        case .invalidKey: "invalid_key"
        case .unsupportedKey: "unsupported_key"
        case .noUsableKey: "no_usable_key"
        case .duplicateKeyID: "duplicate_key_id"
        }
    }
}
