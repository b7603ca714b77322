internal import Cryptography
internal import JSON

extension SigningKey {
    /// A pair from unencrypted PKCS#8 in DER (RFC 5208 §5), which must fill the whole span; the caller wipes it.
    /// - Parameters:
    ///   - der: The bytes.
    ///   - algorithm: What the key is for from now on. An RSA key fits two, so that nobody but the caller knows.
    /// - Throws: `unsupportedKey` for a key of another kind or curve, `weakKey`, `invalidKey` for everything else that
    ///   is wrong.
    public init(pkcs8 der: borrowing Span<UInt8>, algorithm: SignatureAlgorithm) throws(JWTError) {
        self.init(try algorithm.scheme.readPKCS8(der), algorithm: algorithm)
    }

    /// A pair from text: one `PRIVATE KEY`, `EC PRIVATE KEY` or `RSA PRIVATE KEY` (RFC 7468 §10), not encrypted, at
    /// most 16 KiB; the caller wipes it.
    /// - Throws: as ``init(pkcs8:algorithm:)``.
    public init(pem text: borrowing Span<UInt8>, algorithm: SignatureAlgorithm) throws(JWTError) {
        let scheme = algorithm.scheme
        let result: Result<any SigningMaterial, JWTError>
        do {
            result = try PEM.lendPKCS8(text) { der in
                Result { () throws(JWTError) in try scheme.readPKCS8(der) }
            }
        } catch {
            throw JWTError(error)
        }
        self.init(try result.get(), algorithm: algorithm)
    }

    /// A pair, or a secret for HS256, from a private JWK (RFC 7517 §4); the caller wipes it. `kid` is not taken over: a
    /// key has the same name wherever it is.
    /// - Parameters:
    ///   - text: The JWK.
    ///   - expected: What the key must be for; `nil` takes what the JWK says. An RSA key without `alg` needs it.
    /// - Throws: `unsupportedKey` for a key of another kind, curve, algorithm or use; `weakSecret`; `weakKey`;
    ///   `invalidKey`, also for a public key; `duplicateName`.
    public init(jwk text: borrowing Span<UInt8>, algorithm expected: SignatureAlgorithm? = nil) throws(JWTError) {
        let jwk = try JSONObject(parsing: text, maximumBytes: VerificationKey.maximumJWKBytes, orThrow: .invalidKey)
        try jwk.requireUse(signing: true)
        let algorithm = try jwk.algorithm(expected: expected)
        self.init(try algorithm.scheme.readPrivate(jwk), algorithm: algorithm)
    }
}
