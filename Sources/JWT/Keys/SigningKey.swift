internal import Cryptography

/// What signs tokens with one algorithm. The secret stays inside OpenSSL, is wiped there, and never prints.
public struct SigningKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// The fewest bytes of an HMAC secret: as many as SHA-256 gives out (RFC 7518 §3.2).
    public static let minimumSecretBytes = HMACScheme.minimumSecretBytes

    private let material: any SigningMaterial

    /// The one algorithm.
    public let algorithm: SignatureAlgorithm

    /// `kid` of the tokens that this key signs, the same for the same key on every machine.
    ///
    /// The thumbprint of the public key (RFC 7638, RFC 8037 §2). For HS256 a name that is derived from the secret, and
    /// from which nobody derives the secret.
    public let keyID: String

    init(_ material: any SigningMaterial, algorithm: SignatureAlgorithm) {
        self.material = material
        self.algorithm = algorithm
        keyID = material.keyID
    }

    /// An HS256 key. The caller wipes its own copy of the secret.
    /// - Throws: `weakSecret` below ``minimumSecretBytes``.
    public init(hs256Secret secret: borrowing Span<UInt8>) throws(JWTError) {
        self.init(try HMACScheme.read(secret: secret), algorithm: .hs256)
    }

    /// A new key from the system's generator. RSA takes a tenth of a second, and at times several. A secret for HS256
    /// that is made here lives and ends with this value.
    public static func generate(_ algorithm: SignatureAlgorithm) -> SigningKey {
        SigningKey(algorithm.scheme.generate(), algorithm: algorithm)
    }

    /// What verifies this key's signatures, under the same ``keyID``.
    public var verificationKey: VerificationKey {
        VerificationKey(material.verifying, algorithm: algorithm, keyID: keyID)
    }

    /// A pair as unencrypted PKCS#8 in DER (RFC 5208 §5), to be stored and then wiped by the caller; `nil` for HS256, whose
    /// secret came from outside and is kept there.
    public func pkcs8() -> [UInt8]? { material.makePKCS8() }

    /// The same as text (RFC 7468 §10).
    public func pem() -> [UInt8]? {
        guard var der = pkcs8() else { return nil }
        defer { wipe(&der) }
        return PEM.encode(pkcs8: der.span)
    }

    /// The signature of a signing input, in the form that RFC 7518 §3 gives it.
    func sign(_ signingInput: borrowing Span<UInt8>) -> [UInt8] { material.makeSignature(for: signingInput) }

    /// The key id and nothing of the key.
    public var description: String { "\(algorithm.rawValue) \(keyID) <redacted>" }

    /// Keeps `dump` from the key as well.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
