internal import Cryptography
internal import JSON

/// HS256 (RFC 7518 §3.2): `oct` keys.
struct HMACScheme: SignatureScheme {
    /// The fewest bytes of a secret: as many as SHA-256 gives out.
    static let minimumSecretBytes = 32

    /// A key from a secret, of which the caller wipes its own copy.
    /// - Throws: `weakSecret`.
    static func read(secret: borrowing Span<UInt8>) throws(JWTError) -> HMACSHA256 {
        guard secret.count >= minimumSecretBytes else { throw .weakSecret }
        return HMACSHA256(key: secret)
    }

    func describes(_ jwk: JSONObject) throws(JWTError) -> Bool { try jwk.isKey("oct") }

    func generate() -> any SigningMaterial {
        var secret = randomBytes(HMACScheme.minimumSecretBytes)
        defer { wipe(&secret) }
        return HMACSHA256(key: secret.span)
    }

    func readPublic(_ jwk: JSONObject) throws(JWTError) -> any VerifyingMaterial { try read(jwk) }

    func readPrivate(_ jwk: JSONObject) throws(JWTError) -> any SigningMaterial { try read(jwk) }

    func readPKCS8(_ der: borrowing Span<UInt8>) throws(JWTError) -> any SigningMaterial { throw .unsupportedKey }

    private func read(_ jwk: JSONObject) throws(JWTError) -> HMACSHA256 {
        var secret = try jwk.bytes("k")
        defer { wipe(&secret) }
        return try HMACScheme.read(secret: secret.span)
    }
}

extension HMACSHA256: VerifyingMaterial, SigningMaterial {
    var publicMembers: JSONObject? { nil }

    var verifying: any VerifyingMaterial { self }

    /// The authentication code of a fixed label, cut to 128 bits: it gives away nothing that a signed token does not, and no
    /// signing input is equal to the label, which has no dot.
    var keyID: String {
        let code = authenticationCode(for: "gatelodge HS256 key id".utf8.span)
        return Base64URL.encode(code.span.extracting(first: 16))
    }

    func makeSignature(for message: borrowing Span<UInt8>) -> [UInt8] {
        let code = authenticationCode(for: message)
        return code.indices.map { code[$0] }
    }

    func makePKCS8() -> [UInt8]? { nil }
}
