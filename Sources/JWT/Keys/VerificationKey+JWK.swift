internal import JSON

extension VerificationKey {
    /// The longest JWK or JWK Set that is read, in bytes.
    public static let maximumJWKBytes = 64 * 1024

    /// Reads one JWK (RFC 7517 §4): `EC` on P-256, `OKP` on Ed25519, `RSA`, `oct`. `alg` may be absent where the kind of key
    /// leaves no choice, or where the caller makes it.
    ///
    /// Of a private key only the public half is taken.
    /// - Parameters:
    ///   - text: The JWK.
    ///   - algorithm: What the key must be for; `nil` takes what the JWK says.
    /// - Throws: `unsupportedKey` for a key of another kind, curve, algorithm or use; `weakSecret`; `weakKey`; `invalidKey`;
    ///   `duplicateName`.
    public init(jwk text: borrowing Span<UInt8>, algorithm: SignatureAlgorithm? = nil) throws(JWTError) {
        let object = try JSONObject(parsing: text, maximumBytes: VerificationKey.maximumJWKBytes, orThrow: .invalidKey)
        try self.init(jwk: object, algorithm: algorithm)
    }

    init(jwk: JSONObject, algorithm expected: SignatureAlgorithm? = nil) throws(JWTError) {
        let keyID = try jwk.string("kid", orThrow: .invalidKey)
        try jwk.requireUse(signing: false)
        let algorithm = try jwk.algorithm(expected: expected)
        self.init(try algorithm.scheme.readPublic(jwk), algorithm: algorithm, keyID: keyID)
    }

    /// The public key as a JWK with `alg`, `use` and, where it has one, `kid`; `nil` for a shared secret, which is never given
    /// out.
    public var publicJWK: [UInt8]? { publicJWKObject.map { JSONValue.object($0).serialized() } }

    var publicJWKObject: JSONObject? {
        guard let members = material.publicMembers else { return nil }
        // People look for the kind first; only the thumbprint wants an order.
        var jwk = JSONObject()
        jwk["kty"] = members["kty"]
        for member in members.members { jwk[member.name] = member.value }
        jwk["alg"] = .string(algorithm.rawValue)
        jwk["use"] = "sig"
        if let keyID { jwk["kid"] = .string(keyID) }
        return jwk
    }
}
