internal import Cryptography

/// What verifies the signatures of one algorithm, and of no other (RFC 8725 §3.1).
public struct VerificationKey: Sendable, CustomStringConvertible, CustomReflectable {
    let material: any VerifyingMaterial

    /// The one algorithm.
    public let algorithm: SignatureAlgorithm

    /// `kid`: by what tokens name this key, if they do.
    public let keyID: String?

    init(_ material: any VerifyingMaterial, algorithm: SignatureAlgorithm, keyID: String?) {
        self.material = material
        self.algorithm = algorithm
        self.keyID = keyID
    }

    /// A secret that is shared with the signer, without a key id. The caller wipes its own copy.
    /// - Throws: `weakSecret` below 32 bytes (RFC 7518 §3.2).
    public init(hs256Secret secret: borrowing Span<UInt8>) throws(JWTError) {
        self.init(try HMACScheme.read(secret: secret), algorithm: .hs256, keyID: nil)
    }

    /// The thumbprint of a public key (RFC 7638, RFC 8037 §2); `nil` for a shared secret.
    public var thumbprint: String? { material.thumbprint }

    /// Whether the signature, in the form that RFC 7518 §3 gives it, is right for the signing input.
    func isValid(_ signature: borrowing Span<UInt8>, for signingInput: borrowing Span<UInt8>) -> Bool {
        material.isValid(signature, for: signingInput)
    }

    /// The key id and nothing of the key, which may be a secret.
    public var description: String { "\(algorithm.rawValue) \(keyID ?? "without kid") <redacted>" }

    /// Keeps `dump` from the key as well.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
