internal import Cryptography
internal import JSON

/// How one algorithm's keys are made and read. A new algorithm is a type of this kind and its line in ``SignatureAlgorithm``.
protocol SignatureScheme: Sendable {
    /// Whether a JWK is a key for this algorithm, by `kty` and `crv` alone (RFC 7517 §4.1).
    func describes(_ jwk: JSONObject) throws(JWTError) -> Bool

    /// A new key from the system's generator.
    func generate() -> any SigningMaterial

    /// The public half, or the shared secret, of a JWK that this scheme describes.
    func readPublic(_ jwk: JSONObject) throws(JWTError) -> any VerifyingMaterial

    /// Both halves of a JWK that this scheme describes.
    func readPrivate(_ jwk: JSONObject) throws(JWTError) -> any SigningMaterial

    /// Both halves from unencrypted PKCS#8 in DER.
    func readPKCS8(_ der: borrowing Span<UInt8>) throws(JWTError) -> any SigningMaterial
}

/// What verifies the signatures of one algorithm. Any number of threads may use one at once.
protocol VerifyingMaterial: Sendable {
    /// Whether the signature, in the form that RFC 7518 §3 gives it, is right for the message.
    func isValid(_ signature: borrowing Span<UInt8>, for message: borrowing Span<UInt8>) -> Bool

    /// The members of the JWK that make the key what it is, in the order of their names (RFC 7638 §3.2); `nil` for a
    /// shared secret, which is never given out.
    var publicMembers: JSONObject? { get }
}

/// What signs with one algorithm. Any number of threads may use one at once.
protocol SigningMaterial: Sendable {
    /// What verifies the signatures.
    var verifying: any VerifyingMaterial { get }

    /// What names the key in the tokens that it signs.
    var keyID: String { get }

    /// A signature in the form that RFC 7518 §3 gives it.
    func makeSignature(for message: borrowing Span<UInt8>) -> [UInt8]

    /// The pair as unencrypted PKCS#8 in DER, which the caller wipes; `nil` for a shared secret.
    func makePKCS8() -> [UInt8]?
}

extension VerifyingMaterial {
    /// RFC 7638 §3: the digest of the required members; `nil` for a shared secret.
    var thumbprint: String? {
        publicMembers.map { members in
            Base64URL.encode(SHA256.digest(JSONValue.object(members).serialized().span).span)
        }
    }
}

extension SigningMaterial {
    var keyID: String {
        guard let thumbprint = verifying.thumbprint else { preconditionFailure("a shared secret names itself") }
        return thumbprint
    }
}

extension JWTError {
    /// What a key's fault is to whoever brought the key.
    init(_ error: CryptographyError) {
        switch error {
        case .wrongKeyType: self = .unsupportedKey
        case .weakKey: self = .weakKey
        case .malformedKey, .inconsistentKey: self = .invalidKey
        }
    }
}
