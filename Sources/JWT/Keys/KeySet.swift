internal import JSON

/// The keys whose tokens are accepted. A value: to add or remove a key, make another set.
public struct KeySet: Sendable {
    /// In the order in which they are published.
    public let keys: [VerificationKey]

    /// A set of some keys.
    /// - Throws: `duplicateKeyID` where a `kid` would be ambiguous.
    public init(_ keys: [VerificationKey]) throws(JWTError) {
        var seen = Set<[UInt8]>()
        for key in keys {
            guard let keyID = key.keyID else { continue }
            guard seen.insert([UInt8](keyID.utf8)).inserted else { throw .duplicateKeyID }
        }
        self.keys = keys
    }

    /// A set of one key.
    public init(_ key: VerificationKey) { keys = [key] }

    /// Reads a JWK Set (RFC 7517 §5).
    ///
    /// Keys for algorithms that we do not speak are passed over, as §5 asks; a broken or weak one of our own makes the
    /// whole set unusable, because somebody meant it to be used.
    /// - Throws: `noUsableKey` where nothing is left.
    public init(jwkSet text: borrowing Span<UInt8>) throws(JWTError) {
        let set = try JSONObject(parsing: text, maximumBytes: VerificationKey.maximumJWKBytes, orThrow: .invalidKey)
        guard let elements = set["keys"]?.arrayValue else { throw .invalidKey }
        var keys: [VerificationKey] = []
        for element in elements {
            guard let jwk = element.objectValue else { throw .invalidKey }
            do {
                keys.append(try VerificationKey(jwk: jwk))
            } catch .unsupportedKey {
                continue
            }
        }
        guard !keys.isEmpty else { throw .noUsableKey }
        try self.init(keys)
    }

    /// The public keys as a JWK Set; shared secrets and private members are never part of it.
    public func publicJWKSet() -> [UInt8] {
        let elements = keys.compactMap { $0.publicJWKObject.map(JSONValue.object) }
        return JSONValue.object(["keys": .array(elements)]).serialized()
    }

    /// The key that a header asks for.
    ///
    /// A `kid` finds exactly the key of that name. A set with one key also serves a token without `kid`, and, where the
    /// key itself has no name that could contradict, a token with any.
    func key(for header: JOSEHeader) throws(JWTError) -> VerificationKey {
        let key = try find(header.keyID)
        guard key.algorithm == header.algorithm else { throw .algorithmMismatch }
        return key
    }

    private func find(_ keyID: String?) throws(JWTError) -> VerificationKey {
        guard let keyID else {
            guard keys.count == 1 else { throw .missingKeyID }
            return keys[0]
        }
        for key in keys {
            if let candidate = key.keyID, hasSameBytes(candidate, keyID) { return key }
        }
        guard keys.count == 1, keys[0].keyID == nil else { throw .unknownKey }
        return keys[0]
    }
}
