import JSON
import JWT
import TestSupport
import Testing

@Suite("Keys")
struct KeyTests {
    private static let x = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"
    private static let y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"
    private static let k = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"

    /// The neutral element of edwards25519.
    private static let smallOrder = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    private static func read(_ jwk: JSONValue) throws(JWTError) -> VerificationKey {
        try VerificationKey(jwk: jwk.serialized().span)
    }

    @Test("A secret has at least 32 bytes", .promise(47), arguments: [0, 1, 31, 32, 33, 64, 65, 200])
    func secretLength(count: Int) throws {
        let secret = [UInt8](repeating: 7, count: count)
        if count >= 32 {
            _ = try SigningKey(hs256Secret: secret.span)
            _ = try VerificationKey(hs256Secret: secret.span)
        } else {
            #expect(throws: JWTError.weakSecret) { try SigningKey(hs256Secret: secret.span) }
            #expect(throws: JWTError.weakSecret) { try VerificationKey(hs256Secret: secret.span) }
        }
    }

    @Test("The same secret has the same id everywhere, and another secret another")
    func secretIDs() throws {
        #expect(try Keys.hs256().keyID == Keys.hs256().keyID)
        #expect(try Keys.hs256().keyID != SigningKey(hs256Secret: [UInt8](repeating: 1, count: 32).span).keyID)
        #expect(try Keys.hs256().keyID.utf8.count == 22)
        #expect(try Keys.hs256().verificationKey.thumbprint == nil)
        #expect(SigningKey.generate(.hs256).keyID != SigningKey.generate(.hs256).keyID)
    }

    @Test("Keys do not print")
    func redaction() throws {
        for algorithm in SignatureAlgorithm.allCases {
            let key = try Keys.key(algorithm)
            var dumped = ""
            dump(key, to: &dumped)
            dump(key.verificationKey, to: &dumped)
            #expect("\(key)" == "\(algorithm.rawValue) \(key.keyID) <redacted>")
            #expect(!dumped.contains("0123456789abcdef"))
            #expect(dumped.contains("<redacted>"))
        }
    }

    @Test("The published set holds public members only", .promise(69))
    func publicSet() throws {
        let keys = try KeySet(SignatureAlgorithm.allCases.map { try Keys.key($0).verificationKey })
        let text = keys.publicJWKSet()
        let set = try #require(try JSONValue(parsing: text.span).objectValue)
        let elements = try #require(set["keys"]?.arrayValue).compactMap(\.objectValue)
        #expect(
            elements.map { $0.members.map(\.name) } == [
                ["kty", "crv", "x", "y", "alg", "use", "kid"], ["kty", "crv", "x", "alg", "use", "kid"],
                ["kty", "e", "n", "alg", "use", "kid"], ["kty", "e", "n", "alg", "use", "kid"],
            ])
        for (jwk, algorithm) in zip(elements, SignatureAlgorithm.pairs) {
            let key = try Keys.key(algorithm)
            #expect(jwk["alg"] == .string(algorithm.rawValue) && jwk["use"] == "sig")
            #expect(jwk["kid"] == .string(key.keyID))
            #expect(JSONValue.object(jwk).serialized() == key.verificationKey.publicJWK)
        }
        let again = try KeySet(jwkSet: text.span)
        #expect(again.publicJWKSet() == text)
        let onlySecret = try KeySet(Keys.hs256().verificationKey).publicJWKSet()
        #expect(onlySecret == Array(#"{"keys":[]}"#.utf8))
        #expect(try Keys.hs256().verificationKey.publicJWK == nil)
    }

    @Test("A private JWK is read as its public half")
    func privateJWK() throws {
        let jwk: JSONValue = [
            "kty": "EC", "crv": "P-256", "x": .string(Self.x), "y": .string(Self.y), "kid": "1",
            "d": "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
        ]
        let text = String(decoding: KeySet(try Self.read(jwk)).publicJWKSet(), as: UTF8.self)
        #expect(text.contains(Self.x) && !text.contains("\"d\"") && !text.contains("870MB6"))
    }

    private static let refused: [(JSONValue, JWTError)] = [
        ([:], .invalidKey), (["kty": 1], .invalidKey), (["kty": "ec"], .unsupportedKey), ([], .invalidKey),
        ("", .invalidKey),
        (["kty": "RSA", "n": "AQAB", "e": "AQAB"], .unsupportedKey),
        (["kty": "RSA", "n": "AQAB", "e": "AQAB", "alg": "RS256"], .weakKey),
        (["kty": "RSA", "n": "AQAB", "alg": "RS256"], .invalidKey), (["kty": "RSA", "alg": "PS256"], .invalidKey),
        (["kty": "RSA", "n": "AQAB", "e": "AQAB", "alg": "RS384"], .unsupportedKey),
        (["kty": "RSA", "n": "AQAB", "e": "AQAB", "alg": "RSA-OAEP"], .unsupportedKey),
        (["kty": "RSA", "n": "AQAB", "e": "AQAB", "alg": "HS256"], .unsupportedKey),
        (["kty": "RSA", "n": "", "e": "AQAB", "alg": "PS256"], .invalidKey),
        (["kty": "OKP", "crv": "Ed25519", "x": "AA"], .invalidKey), (["kty": "OKP"], .invalidKey),
        (["kty": "OKP", "crv": "Ed25519"], .invalidKey), (["kty": "OKP", "crv": "X25519", "x": "AA"], .unsupportedKey),
        (["kty": "OKP", "crv": "Ed448", "x": "AA"], .unsupportedKey),
        (["kty": "OKP", "crv": "ed25519", "x": "AA"], .unsupportedKey),
        (["kty": "OKP", "crv": "Ed25519", "x": .string(smallOrder)], .invalidKey),
        (["kty": "OKP", "crv": "Ed25519", "x": .string(x), "alg": "Ed25519"], .unsupportedKey),
        (["kty": "OKP", "crv": "Ed25519", "x": .string(x), "alg": "ES256"], .unsupportedKey),
        (["kty": "EC"], .invalidKey), (["kty": "EC", "crv": "P-256"], .invalidKey),
        (["kty": "EC", "crv": "P-384", "x": .string(x), "y": .string(y)], .unsupportedKey),
        (["kty": "EC", "crv": "p-256", "x": .string(x), "y": .string(y)], .unsupportedKey),
        (["kty": "EC", "crv": "P-256", "x": .string(y), "y": .string(x)], .invalidKey),
        (["kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(x)], .invalidKey),
        (["kty": "EC", "crv": "P-256", "x": .string(x + "A"), "y": .string(y)], .invalidKey),
        (["kty": "EC", "crv": "P-256", "x": .string("AAAA" + x), "y": .string(y)], .invalidKey),
        (["kty": "EC", "crv": "P-256", "x": .string(x + "="), "y": .string(y)], .invalidKey),
        (["kty": "EC", "crv": "P-256", "x": "", "y": ""], .invalidKey),
        (["kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y), "alg": "ES384"], .unsupportedKey),
        (["kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y), "alg": "HS256"], .unsupportedKey),
        (["kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y), "alg": 1], .invalidKey),
        (["kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y), "use": "enc"], .unsupportedKey),
        (["kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y), "use": nil], .invalidKey),
        (["kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y), "kid": 1], .invalidKey),
        (["kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y), "key_ops": "verify"], .invalidKey),
        (["kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y), "key_ops": ["deriveKey"]], .unsupportedKey),
        (["kty": "oct"], .invalidKey), (["kty": "oct", "k": ""], .weakSecret),
        (["kty": "oct", "k": "c2VjcmV0"], .weakSecret),
        (["kty": "oct", "k": .string(k + "=")], .invalidKey),
        (["kty": "oct", "k": .string(k), "alg": "HS512"], .unsupportedKey),
        (["kty": "oct", "k": .string(k), "alg": "ES256"], .unsupportedKey),
        (["kty": "oct", "k": .string(k), "use": "enc"], .unsupportedKey),
    ]

    @Test("A JWK that is broken, weak or for something else is refused", .promise(47), arguments: refused)
    func refusedJWK(jwk: JSONValue, expected: JWTError) {
        #expect(throws: expected) { try Self.read(jwk) }
    }

    @Test("A JWK may say what it is for")
    func acceptedJWK() throws {
        let plain: JSONObject = ["kty": "EC", "crv": "P-256", "x": .string(Self.x), "y": .string(Self.y)]
        #expect(try Self.read(.object(plain)).keyID == nil)
        for (name, value) in [
            ("alg", "ES256"), ("use", "sig"), ("key_ops", ["verify"]), ("key_ops", ["sign", "verify"]), ("kid", "k"),
            ("ext", true),
        ] as [(String, JSONValue)] {
            var jwk = plain
            jwk[name] = value
            #expect(try Self.read(.object(jwk)).algorithm == .es256)
        }
        #expect(try Self.read(["kty": "oct", "k": .string(Self.k), "alg": "HS256"]).algorithm == .hs256)
        #expect(throws: JWTError.duplicateName) {
            try VerificationKey(jwk: Array(#"{"kty":"EC","kty":"oct"}"#.utf8).span)
        }
    }

    @Test("A set passes over what is not for us, but not over what is broken")
    func sets() throws {
        let ec: JSONValue = ["kty": "EC", "crv": "P-256", "x": .string(Self.x), "y": .string(Self.y), "kid": "1"]
        let rsa: JSONValue = ["kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "1"]
        func read(_ set: JSONValue) throws(JWTError) -> KeySet { try KeySet(jwkSet: set.serialized().span) }
        #expect(try read(["keys": [rsa, ec]]).keys.map(\.keyID) == ["1"])
        #expect(throws: JWTError.noUsableKey) { try read(["keys": [rsa]]) }
        #expect(throws: JWTError.noUsableKey) { try read(["keys": []]) }
        #expect(throws: JWTError.duplicateKeyID) { try read(["keys": [ec, ec]]) }
        #expect(throws: JWTError.weakSecret) { try read(["keys": [ec, ["kty": "oct", "k": "c2VjcmV0"]]]) }
        for set in [[:], ["keys": [:]], ["keys": [1]], [], ec, ["Keys": [ec]]] as [JSONValue] {
            #expect(throws: JWTError.invalidKey) { try read(set) }
        }
    }

    @Test("A set chooses by kid, and needs none where there is but one key", .promise(36))
    func choice() throws {
        let forge = try Forge(.es256)
        let named = try KeySet([Keys.hs256().verificationKey, Keys.es256.verificationKey])
        func check(_ keyID: JSONValue?, _ keys: KeySet) throws(JWTError) {
            _ = try CompactJWS(verifying: forge.token(header: "kid", keyID).utf8.span, keys: keys)
        }
        try check(.string(forge.keyID), named)
        #expect(throws: JWTError.unknownKey) { try check("other", named) }
        #expect(throws: JWTError.missingKeyID) { try check(nil, named) }
        #expect(throws: JWTError.unknownKey) { try check("other", forge.keys) }
        try check(nil, forge.keys)

        // A key without a name contradicts none, as long as it is alone.
        var jwk = try #require(
            try JSONValue(parsing: forge.keys.publicJWKSet().span).objectValue?["keys"]?.arrayValue?[0].objectValue)
        jwk["kid"] = nil
        let nameless = try Self.read(.object(jwk))
        try check("other", KeySet(nameless))
        try check(nil, KeySet(nameless))
        let two = try KeySet([nameless, Keys.hs256().verificationKey])
        #expect(throws: JWTError.unknownKey) { try check("other", two) }
        #expect(throws: JWTError.missingKeyID) { try check(nil, two) }
        #expect(throws: JWTError.missingKeyID) { try check(nil, try KeySet([])) }
        #expect(throws: JWTError.unknownKey) { try check("other", try KeySet([])) }
    }
}
