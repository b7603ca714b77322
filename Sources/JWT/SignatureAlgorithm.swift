/// What signs a token. Raw values are the `alg` names of RFC 7518 §3.1, compared letter for letter.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    /// HMAC with SHA-256 (RFC 7518 §3.2).
    case hs256 = "HS256"
    /// ECDSA with P-256 and SHA-256 (RFC 7518 §3.4).
    case es256 = "ES256"
}
