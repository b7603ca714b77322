internal import Cryptography
internal import JSON

extension VerificationKey {
    /// The longest JWK or JWK Set that is read, in bytes.
    public static let maximumJWKBytes = 64 * 1024

    /// Reads one JWK (RFC 7517 §4): `EC` on P-256 for ES256, `oct` for HS256. `alg` may be absent.
    ///
    /// Of a private key only the public half is taken.
    /// - Throws: `unsupportedKey` for a key of another kind, curve, algorithm or use; `weakSecret`; `invalidKey`;
    ///   `duplicateName`.
    public init(jwk text: borrowing Span<UInt8>) throws(JWTError) {
        let object = try JSONObject(parsing: text, maximumBytes: VerificationKey.maximumJWKBytes, orThrow: .invalidKey)
        try self.init(jwk: object)
    }

    init(jwk: JSONObject) throws(JWTError) {
        guard let kind = try jwk.string("kty", orThrow: .invalidKey) else { throw .invalidKey }
        let keyID = try jwk.string("kid", orThrow: .invalidKey)
        try VerificationKey.requireVerification(jwk)
        switch kind {
        case "EC":
            guard let curve = try jwk.string("crv", orThrow: .invalidKey) else { throw .invalidKey }
            guard curve == "P-256" else { throw .unsupportedKey }
            try VerificationKey.require(.es256, jwk)
            let x = try VerificationKey.bytes("x", of: jwk)
            let y = try VerificationKey.bytes("y", of: jwk)
            do {
                self.init(.es256(try P256.PublicKey(x: x.span, y: y.span)), keyID: keyID)
            } catch {
                throw .invalidKey
            }
        case "oct":
            try VerificationKey.require(.hs256, jwk)
            var secret = try VerificationKey.bytes("k", of: jwk)
            defer { wipe(&secret) }
            self.init(.hs256(try SigningKey.makeAuthenticator(secret.span)), keyID: keyID)
        default: throw .unsupportedKey
        }
    }

    /// The public JWK with `kid`, `use` and `alg`; `nil` for a shared secret, which is never given out.
    var publicJWK: JSONObject? {
        guard case .es256(let key) = material else { return nil }
        var jwk: JSONObject = [
            "kty": "EC", "crv": "P-256", "x": .string(Base64URL.encode(key.x.span)),
            "y": .string(Base64URL.encode(key.y.span)), "alg": .string(algorithm.rawValue), "use": "sig",
        ]
        if let keyID { jwk["kid"] = .string(keyID) }
        return jwk
    }

    /// RFC 7638 §3: the digest of the required members in the order of their names.
    static func thumbprint(of key: P256.PublicKey) -> String {
        let members: JSONValue = [
            "crv": "P-256", "kty": "EC", "x": .string(Base64URL.encode(key.x.span)),
            "y": .string(Base64URL.encode(key.y.span)),
        ]
        return Base64URL.encode(SHA256.digest(members.serialized().span).span)
    }

    /// The thumbprint of a public key (RFC 7638); `nil` for a shared secret.
    public var thumbprint: String? {
        guard case .es256(let key) = material else { return nil }
        return VerificationKey.thumbprint(of: key)
    }

    /// `use` (RFC 7517 §4.2) and `key_ops` (§4.3), where present, must allow what we do with the key.
    private static func requireVerification(_ jwk: JSONObject) throws(JWTError) {
        if let use = try jwk.string("use", orThrow: .invalidKey), use != "sig" { throw .unsupportedKey }
        guard let operations = jwk["key_ops"] else { return }
        guard let operations = operations.arrayValue else { throw .invalidKey }
        guard operations.contains("verify") || operations.contains("sign") else { throw .unsupportedKey }
    }

    private static func require(_ algorithm: SignatureAlgorithm, _ jwk: JSONObject) throws(JWTError) {
        if let name = try jwk.string("alg", orThrow: .invalidKey), name != algorithm.rawValue { throw .unsupportedKey }
    }

    private static func bytes(_ name: String, of jwk: JSONObject) throws(JWTError) -> [UInt8] {
        guard let text = try jwk.string(name, orThrow: .invalidKey), let bytes = Base64URL.decode(text.utf8.span) else {
            throw .invalidKey
        }
        return bytes
    }
}
