import Foundation
import JSON
import JWT
import TestSupport
import Testing

@Suite("Keys in and out")
struct KeyImportTests {
    private func read(_ der: [UInt8], _ algorithm: SignatureAlgorithm) throws(JWTError) -> SigningKey {
        try SigningKey(pkcs8: der.span, algorithm: algorithm)
    }

    private func read(pem text: String, _ algorithm: SignatureAlgorithm) throws(JWTError) -> SigningKey {
        try SigningKey(pem: text.utf8.span, algorithm: algorithm)
    }

    private func read(jwk: JSONValue, _ algorithm: SignatureAlgorithm? = nil) throws(JWTError) -> SigningKey {
        try SigningKey(jwk: jwk.serialized().span, algorithm: algorithm)
    }

    /// Whether both keys are halves of one pair.
    private func check(_ signing: SigningKey, _ trusted: SigningKey) throws {
        let issuer = AccessTokenIssuer(key: signing, issuer: "urn:a", audience: "urn:b", clock: { now })
        let (token, _) = try issuer.issue(subject: "7", username: "v", roles: [], clientID: "c")
        let verifier = AccessTokenVerifier(
            keys: KeySet(trusted.verificationKey), issuer: "urn:a", audience: "urn:b", clock: { now })
        _ = try verifier.verify(token)
    }

    @Test("A pair survives PKCS#8, with the same id", arguments: SignatureAlgorithm.pairs)
    func pkcs8(algorithm: SignatureAlgorithm) throws {
        let key = try Keys.key(algorithm)
        let der = try #require(key.pkcs8())
        let again = try read(der, algorithm)
        #expect(again.pkcs8() == der)
        #expect(again.algorithm == algorithm && again.keyID == key.keyID)
        #expect(again.keyID == key.verificationKey.thumbprint && again.keyID.utf8.count == 43)
        #expect(again.keyID != Keys.other(algorithm).keyID)
        try check(again, key)
        #expect(throws: JWTError.invalidKey) { try read(der.dropLast(), algorithm) }
        #expect(throws: JWTError.invalidKey) { try read(der + [0], algorithm) }
        #expect(throws: JWTError.invalidKey) { try read([], algorithm) }
    }

    @Test(
        "PKCS#8 of a key for another algorithm is refused",
        arguments: SignatureAlgorithm.pairs, SignatureAlgorithm.allCases)
    func otherAlgorithms(mine: SignatureAlgorithm, other: SignatureAlgorithm) throws {
        let key = try Keys.key(mine)
        let der = try #require(key.pkcs8())
        let isRSA = [mine, other].allSatisfy { [.ps256, .rs256].contains($0) }
        if mine == other || isRSA {
            #expect(try read(der, other).keyID == key.keyID)
        } else {
            #expect(throws: JWTError.unsupportedKey) { try read(der, other) }
        }
    }

    @Test("A secret is never given back")
    func secrets() throws {
        #expect(try Keys.hs256().pkcs8() == nil)
        #expect(try Keys.hs256().pem() == nil)
        #expect(SigningKey.generate(.hs256).pkcs8() == nil)
    }

    @Test("A pair survives PEM", arguments: SignatureAlgorithm.pairs)
    func pem(algorithm: SignatureAlgorithm) throws {
        let key = try Keys.key(algorithm)
        let text = String(decoding: try #require(key.pem()), as: UTF8.self)
        #expect(text.hasPrefix("-----BEGIN PRIVATE KEY-----\n") && text.hasSuffix("\n-----END PRIVATE KEY-----\n"))
        let again = try read(pem: text, algorithm)
        #expect(again.keyID == key.keyID && again.pkcs8() == key.pkcs8())
        #expect(try read(pem: text.replacing("\n", with: "\r\n"), algorithm).keyID == key.keyID)
        #expect(throws: JWTError.unsupportedKey) { try read(pem: text, .hs256) }
        #expect(throws: JWTError.invalidKey) { try read(pem: text + text, algorithm) }
        #expect(throws: JWTError.invalidKey) { try read(pem: text.replacing("PRIVATE", with: "PUBLIC"), algorithm) }
        #expect(throws: JWTError.invalidKey) {
            try read(pem: text.replacing("PRIVATE", with: "ENCRYPTED PRIVATE"), algorithm)
        }
        #expect(throws: JWTError.invalidKey) { try read(pem: String(text.dropLast(30)), algorithm) }
    }

    private static let d = "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"
    private static let x = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"
    private static let y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"
    private static let ec: JSONObject = [
        "kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y), "d": .string(d), "kid": "1",
    ]
    private static let okp: JSONObject = [
        "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    ]

    @Test("A private JWK is read, and named by its thumbprint")
    func jwk() throws {
        let ec = try read(jwk: .object(Self.ec))
        #expect(ec.algorithm == .es256 && ec.keyID == "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s")
        try check(ec, ec)
        let okp = try read(jwk: .object(Self.okp))
        #expect(okp.algorithm == .edDSA && okp.keyID == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        try check(okp, okp)
        let secret: JSONValue = ["kty": "oct", "k": .string(encode(secret)), "alg": "HS256"]
        #expect(try read(jwk: secret).keyID == Keys.hs256().keyID)
        #expect(try read(jwk: secret, .hs256).algorithm == .hs256)
        #expect(try read(ec.pkcs8() ?? [], .es256).keyID == ec.keyID)
    }

    private static let refused: [(base: JSONObject, name: String, value: JSONValue?, expected: JWTError)] = [
        (ec, "d", nil, .invalidKey), (ec, "d", "", .invalidKey), (ec, "d", 1, .invalidKey),
        (ec, "d", .string(x), .invalidKey), (ec, "d", .string(encode([UInt8](repeating: 0, count: 32))), .invalidKey),
        (ec, "d", .string(encode([UInt8](repeating: 0xFF, count: 32))), .invalidKey),
        (ec, "d", .string("AAAA" + d), .invalidKey), (ec, "d", .string(d + "="), .invalidKey),
        (ec, "x", .string(y), .invalidKey), (ec, "x", nil, .invalidKey), (ec, "alg", "EdDSA", .unsupportedKey),
        (ec, "use", "enc", .unsupportedKey), (ec, "key_ops", ["deriveKey"], .unsupportedKey),
        (okp, "d", nil, .invalidKey), (okp, "d", "", .invalidKey), (okp, "d", .string(d), .invalidKey),
        (okp, "x", .string(x), .invalidKey), (okp, "x", nil, .invalidKey), (okp, "crv", "Ed448", .unsupportedKey),
        (okp, "alg", "ES256", .unsupportedKey),
    ]

    @Test("A private JWK that is broken, public or for something else is refused", arguments: 0..<refused.count)
    func refusedJWK(number: Int) throws {
        let row = Self.refused[number]
        var jwk = row.base
        _ = try read(jwk: .object(jwk))
        jwk[row.name] = row.value
        #expect(throws: row.expected) { try read(jwk: .object(jwk)) }
    }

    @Test("A JWK for another algorithm than the caller's is refused", arguments: SignatureAlgorithm.allCases)
    func expectations(algorithm: SignatureAlgorithm) throws {
        for (jwk, mine) in [(Self.ec, SignatureAlgorithm.es256), (Self.okp, .edDSA)] {
            if algorithm == mine {
                #expect(try read(jwk: .object(jwk), algorithm).algorithm == mine)
            } else {
                #expect(throws: JWTError.unsupportedKey) { try read(jwk: .object(jwk), algorithm) }
            }
        }
    }

    /// RFC 7515 §A.2's key.
    private static func rsa() throws -> JSONObject { try Published.object(Published.folder + "rfc7515_A.2.jwk") }

    @Test(
        "An RSA key needs a word on what it is for", .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence))
    )
    func rsa() throws {
        let rsa = try Self.rsa()
        #expect(throws: JWTError.unsupportedKey) { try read(jwk: .object(rsa)) }
        for (algorithm, other) in [(SignatureAlgorithm.ps256, SignatureAlgorithm.rs256), (.rs256, .ps256)] {
            var jwk = rsa
            #expect(try read(jwk: .object(jwk), algorithm).algorithm == algorithm)
            jwk["alg"] = .string(algorithm.rawValue)
            let key = try read(jwk: .object(jwk))
            #expect(key.algorithm == algorithm)
            try check(key, key)
            #expect(try read(key.pkcs8() ?? [], algorithm).keyID == key.keyID)
            #expect(throws: JWTError.unsupportedKey) { try read(jwk: .object(jwk), other) }
            #expect(throws: JWTError.unsupportedKey) { try read(jwk: .object(jwk), .es256) }
        }
    }

    @Test(
        "Every number of a private RSA key must be there and right",
        .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence)),
        arguments: ["n", "e", "d", "p", "q", "dp", "dq", "qi"])
    func rsaNumbers(name: String) throws {
        let rsa = try Self.rsa()
        let text = try #require(rsa[name]?.stringValue)
        let number = try #require(decode(text))
        var jwk = rsa
        jwk[name] = nil
        // Without its primes a key is one of another form (RFC 7518 §6.3.2).
        let missing: JWTError = name == "p" ? .unsupportedKey : .invalidKey
        #expect(throws: missing) { try read(jwk: .object(jwk), .ps256) }
        var altered = number
        altered[altered.count - 1] ^= name == "e" ? 0x02 : 0x04
        jwk[name] = .string(encode(altered))
        #expect(throws: JWTError.invalidKey) { try read(jwk: .object(jwk), .ps256) }
        jwk[name] = ""
        #expect(throws: ["n", "e"].contains(name) ? JWTError.weakKey : .invalidKey) {
            try read(jwk: .object(jwk), .ps256)
        }
        // A leading zero would give a public key another thumbprint.
        jwk[name] = .string(encode([0] + number))
        if ["n", "e"].contains(name) {
            #expect(throws: JWTError.invalidKey) { try read(jwk: .object(jwk), .ps256) }
        } else {
            _ = try read(jwk: .object(jwk), .ps256)
        }
        jwk = rsa
        jwk["oth"] = []
        #expect(throws: JWTError.unsupportedKey) { try read(jwk: .object(jwk), .ps256) }
    }

    @Test("A JWK that is no object, or names a member twice, is refused")
    func shapes() {
        for text in ["", "[]", "1", "{", "{}", #"{"kty":1}"#] {
            #expect(throws: JWTError.invalidKey) { try SigningKey(jwk: text.utf8.span) }
        }
        #expect(throws: JWTError.duplicateName) { try SigningKey(jwk: #"{"kty":"EC","kty":"oct"}"#.utf8.span) }
    }
}
