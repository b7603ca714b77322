internal import Cryptography

/// What signs tokens with one algorithm. The secret stays inside OpenSSL, is wiped there, and never prints.
public struct SigningKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// The fewest bytes of an HMAC secret: as many as SHA-256 gives out (RFC 7518 §3.2).
    public static let minimumSecretBytes = 32

    private enum Material: Sendable {
        case hs256(HMACSHA256)
        case es256(P256.PrivateKey)
    }

    private let material: Material

    /// `kid` of the tokens that this key signs, the same for the same key on every machine.
    ///
    /// For ES256 the thumbprint of the public key (RFC 7638). For HS256 the authentication code of a fixed label, cut to 128
    /// bits: it gives away nothing that a signed token does not, and no signing input is equal to the label, which has no dot.
    public let keyID: String

    /// An HS256 key. The caller wipes its own copy of the secret.
    /// - Throws: `weakSecret` below ``minimumSecretBytes``.
    public init(hs256Secret secret: borrowing Span<UInt8>) throws(JWTError) {
        let authenticator = try SigningKey.makeAuthenticator(secret)
        material = .hs256(authenticator)
        let code = authenticator.authenticationCode(for: "gatelodge HS256 key id".utf8.span)
        keyID = Base64URL.encode(code.span.extracting(first: 16))
    }

    /// An ES256 key from unencrypted PKCS#8 in DER; the caller wipes it.
    /// - Throws: `unsupportedKey` for a key of another kind or curve, `invalidKey` for everything else that is wrong.
    public init(es256PKCS8 der: borrowing Span<UInt8>) throws(JWTError) {
        let key: P256.PrivateKey
        do {
            key = try P256.PrivateKey(pkcs8: der)
        } catch {
            switch error {
            case .wrongKeyType: throw .unsupportedKey
            case .malformedKey, .inconsistentKey: throw .invalidKey
            }
        }
        self.init(es256: key)
    }

    /// A new ES256 key pair from the system's generator.
    public static func generateES256() -> SigningKey { SigningKey(es256: .generate()) }

    private init(es256 key: P256.PrivateKey) {
        material = .es256(key)
        keyID = VerificationKey.thumbprint(of: key.publicKey)
    }

    /// The one algorithm.
    public var algorithm: SignatureAlgorithm {
        switch material {
        case .hs256: .hs256
        case .es256: .es256
        }
    }

    /// What verifies this key's signatures, under the same ``keyID``.
    public var verificationKey: VerificationKey {
        switch material {
        case .hs256(let authenticator): VerificationKey(.hs256(authenticator), keyID: keyID)
        case .es256(let key): VerificationKey(.es256(key.publicKey), keyID: keyID)
        }
    }

    /// An ES256 pair as unencrypted PKCS#8 in DER, to be stored and then wiped by the caller; `nil` for HS256, whose secret
    /// came from outside and is kept there.
    public func pkcs8() -> [UInt8]? {
        switch material {
        case .hs256: nil
        case .es256(let key): key.pkcs8()
        }
    }

    /// The signature of a signing input, in the form that RFC 7518 §3 gives it.
    func sign(_ signingInput: borrowing Span<UInt8>) -> [UInt8] {
        switch material {
        case .hs256(let authenticator):
            let code = authenticator.authenticationCode(for: signingInput)
            return code.indices.map { code[$0] }
        case .es256(let key): return key.sign(signingInput)
        }
    }

    static func makeAuthenticator(_ secret: borrowing Span<UInt8>) throws(JWTError) -> HMACSHA256 {
        guard secret.count >= minimumSecretBytes else { throw .weakSecret }
        return HMACSHA256(key: secret)
    }

    /// The key id and nothing of the key.
    public var description: String { "\(algorithm.rawValue) \(keyID) <redacted>" }

    /// Keeps `dump` from the key as well.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
