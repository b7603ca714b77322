import JSON
import JWT
import TestSupport
import Testing

/// Keys of RFC 7515, 7517, 7520 and 7638, and those of Wycheproof.
@Suite("Published keys", .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence)))
struct KeyVectorTests {
    private static let folder = Published.folder

    @Test("Keys are read as pinned", .promise(47), arguments: Published.files(folder, ending: [".jwk"]))
    func keys(name: String) throws {
        let jwk = try Published.object(Self.folder + name)
        let text = try Corpora.bytes(Self.folder + name)
        let isHMAC = jwk["kty"] == "oct" && (jwk["alg"] == nil || jwk["alg"] == "HS256")
        // RFC 7520 §5.3 is a password for PBES2 that says nothing of its use: 41 bytes, which would do for HS256.
        let expected: SignatureAlgorithm? =
            if jwk["use"] == "enc" {
                nil
            } else if jwk["kty"] == "EC" && jwk["crv"] == "P-256" {
                .es256
            } else if isHMAC {
                .hs256
            } else {
                jwk["alg"] == "RS256" ? .rs256 : nil
            }
        if let expected {
            #expect(try VerificationKey(jwk: text.span).algorithm == expected)
        } else {
            #expect(throws: JWTError.unsupportedKey) { try VerificationKey(jwk: text.span) }
        }
        // An RSA key that says nothing is for what its caller says.
        for algorithm in [SignatureAlgorithm.ps256, .rs256] {
            if jwk["kty"] == "RSA", jwk["use"] != "enc", jwk["alg"] == nil || jwk["alg"] == .string(algorithm.rawValue)
            {
                #expect(try VerificationKey(jwk: text.span, algorithm: algorithm).algorithm == algorithm)
            } else {
                #expect(throws: JWTError.unsupportedKey) { try VerificationKey(jwk: text.span, algorithm: algorithm) }
            }
        }
    }

    @Test("Private keys sign what their public halves verify", arguments: Published.files(folder, ending: [".jwk"]))
    func privateKeys(name: String) throws {
        let jwk = try Published.object(Self.folder + name)
        let text = try Corpora.bytes(Self.folder + name)
        let isOurs = (jwk["crv"] == "P-256" || jwk["kty"] == "RSA") && jwk["use"] != "enc"
        guard isOurs else { return }
        let algorithm: SignatureAlgorithm = jwk["kty"] == "EC" ? .es256 : jwk["alg"] == "RS256" ? .rs256 : .ps256
        guard jwk["d"] != nil else {
            #expect(throws: JWTError.invalidKey) { try SigningKey(jwk: text.span, algorithm: algorithm) }
            return
        }
        let key = try SigningKey(jwk: text.span, algorithm: algorithm)
        let issuer = AccessTokenIssuer(key: key, issuer: "urn:a", audience: "urn:b", clock: { now })
        let (token, _) = try issuer.issue(subject: "7", username: "vicky", roles: [], clientID: "site")
        #expect(try Published.verify(token, key.verificationKey).header.keyID == key.keyID)
        #expect(try VerificationKey(jwk: text.span, algorithm: algorithm).thumbprint == key.keyID)
    }

    @Test(
        "Sets are read as pinned",
        arguments: [
            ("rfc7515_A.6", ["ES256"]), ("rfc7517_A.1", ["RS256"]), ("rfc7517_A.2", ["RS256"]),
            ("rfc7517_A.3", ["HS256"]),
            ("rfc7520_4.8", ["HS256"]),
        ])
    func sets(name: String, expected: [String]) throws {
        let text = try Corpora.bytes(Self.folder + name + ".jwkset")
        #expect(try KeySet(jwkSet: text.span).keys.map(\.algorithm.rawValue) == expected)
    }

    @Test("The thumbprint of RFC 7638 §3.1 comes out")
    func publishedThumbprint() throws {
        #expect(try Published.key("rfc7638_3.1").thumbprint == Published.text(Self.folder + "rfc7638_3.1.thp"))
    }

    @Test("The thumbprint of RFC 7515's P-256 key is what Python's hashlib says")
    func thumbprint() throws {
        #expect(try Published.key("rfc7515_A.3").thumbprint == "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U")
    }

    @Test(
        "Wycheproof's public keys are read as JWK",
        arguments: [
            // Nine of the 112 groups come without a JWK.
            ("ecdsa_secp256r1_sha256_p1363_test.json", "publicKeyJwk", 103, SignatureAlgorithm.es256),
            ("ed25519_test.json", "publicKeyJwk", 78, .edDSA),
            ("rsa_pss_2048_sha256_mgf1_32_test.json", "publicKeyJwk", 1, .ps256),
        ])
    func wycheproofKeys(name: String, member: String, count: Int, algorithm: SignatureAlgorithm) throws {
        let file = try Published.object("wycheproof-primitives/" + name)
        let groups = try #require(file["testGroups"]?.arrayValue)
        let keys = groups.compactMap { $0.objectValue?[member] }
        for jwk in keys {
            #expect(try VerificationKey(jwk: jwk.serialized().span).algorithm == algorithm)
        }
        #expect(keys.count == count)
    }

    @Test("Wycheproof's PKCS#1 v1.5 keys are read as JWK, but not with the exponent 3", .promise(47))
    func wycheproofRSA() throws {
        let file = try Published.object("wycheproof-primitives/rsa_signature_2048_sha256_test.json")
        let keys = try #require(file["testGroups"]?.arrayValue).compactMap { $0.objectValue?["keyJwk"] }
        let exponents = keys.map { $0.objectValue?["e"]?.stringValue }
        #expect(exponents == ["AQAB", "Aw", "Aw"])
        #expect(try VerificationKey(jwk: keys[0].serialized().span).algorithm == .rs256)
        for jwk in keys[1...] {
            #expect(throws: JWTError.weakKey) { try VerificationKey(jwk: jwk.serialized().span) }
        }
    }
}
