internal import Cryptography

/// What verifies the signatures of one algorithm, and of no other (RFC 8725 §3.1).
public struct VerificationKey: Sendable {
    enum Material: Sendable {
        case hs256(HMACSHA256)
        case es256(P256.PublicKey)
    }

    let material: Material

    /// `kid`: by what tokens name this key, if they do.
    public let keyID: String?

    init(_ material: Material, keyID: String?) {
        self.material = material
        self.keyID = keyID
    }

    /// A secret that is shared with the signer, without a key id. The caller wipes its own copy.
    /// - Throws: `weakSecret` below 32 bytes (RFC 7518 §3.2).
    public init(hs256Secret secret: borrowing Span<UInt8>) throws(JWTError) {
        self.init(.hs256(try SigningKey.makeAuthenticator(secret)), keyID: nil)
    }

    /// The one algorithm.
    public var algorithm: SignatureAlgorithm {
        switch material {
        case .hs256: .hs256
        case .es256: .es256
        }
    }

    /// Whether the signature, in the form that RFC 7518 §3 gives it, is right for the signing input.
    func isValid(_ signature: borrowing Span<UInt8>, for signingInput: borrowing Span<UInt8>) -> Bool {
        switch material {
        case .hs256(let authenticator): authenticator.isValid(signature, for: signingInput)
        case .es256(let key): key.isValid(signature, for: signingInput)
        }
    }
}
