internal import JSON

/// A JSON Web Key, as far as every kind has the same members (RFC 7517 §4).
extension JSONObject {
    /// Whether `kty`, and `crv` where a curve is asked for, are these.
    func isKey(_ kind: String, curve: String? = nil) throws(JWTError) -> Bool {
        guard try requiredString("kty") == kind else { return false }
        guard let curve else { return true }
        return try requiredString("crv") == curve
    }

    /// The bytes of a member in base64url.
    /// - Throws: `invalidKey` where it is absent, something else, or not canonical.
    func bytes(_ name: String) throws(JWTError) -> [UInt8] {
        guard let bytes = Base64URL.decode(try requiredString(name).utf8.span) else { throw .invalidKey }
        return bytes
    }

    /// The one algorithm that a key is for: `alg` where it is there (RFC 7517 §4.4), else what the caller says, else
    /// the only one for keys of its kind.
    /// - Throws: `unsupportedKey` where there is none, more than one, or another one than the caller's.
    func algorithm(expected: SignatureAlgorithm?) throws(JWTError) -> SignatureAlgorithm {
        let name = try string("alg", orThrow: .invalidKey)
        var candidates: [SignatureAlgorithm] = []
        for candidate in SignatureAlgorithm.allCases where try candidate.scheme.describes(self) {
            guard name == nil || name == candidate.rawValue else { continue }
            guard expected == nil || expected == candidate else { continue }
            candidates.append(candidate)
        }
        guard candidates.count == 1 else { throw .unsupportedKey }
        return candidates[0]
    }

    /// `use` (RFC 7517 §4.2) and `key_ops` (§4.3), where present, must allow what we do with the key.
    func requireUse() throws(JWTError) {
        if let use = try string("use", orThrow: .invalidKey), use != "sig" { throw .unsupportedKey }
        guard let operations = self["key_ops"] else { return }
        guard let operations = operations.arrayValue else { throw .invalidKey }
        guard operations.contains("verify") || operations.contains("sign") else { throw .unsupportedKey }
    }

    private func requiredString(_ name: String) throws(JWTError) -> String {
        guard let text = try string(name, orThrow: .invalidKey) else { throw .invalidKey }
        return text
    }
}
