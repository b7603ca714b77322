internal import Cryptography

/// What signs a token. Raw values are the `alg` names of RFC 7518 §3.1 and RFC 8037 §3.1, compared letter for letter.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    /// HMAC with SHA-256 (RFC 7518 §3.2).
    case hs256 = "HS256"
    /// ECDSA with P-256 and SHA-256 (RFC 7518 §3.4).
    case es256 = "ES256"
    /// EdDSA with Ed25519 (RFC 8037 §3.1), and no other curve.
    case edDSA = "EdDSA"
    /// RSASSA-PSS with SHA-256 and MGF1 with SHA-256 (RFC 7518 §3.5).
    case ps256 = "PS256"
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3), for whoever speaks nothing else.
    case rs256 = "RS256"

    /// All that is particular to an algorithm.
    var scheme: any SignatureScheme {
        switch self {
        case .hs256: HMACScheme()
        case .es256: ECDSAScheme()
        case .edDSA: EdDSAScheme()
        case .ps256: RSAScheme(padding: .pss)
        case .rs256: RSAScheme(padding: .pkcs1)
        }
    }
}
