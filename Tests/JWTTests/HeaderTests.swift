import JSON
import JWT
import TestSupport
import Testing

@Suite("The JOSE header")
struct HeaderTests {
    @Test(
        "Every other algorithm is refused, in every spelling", .promise(33),
        arguments: [
            "none", "None", "NONE", "noNE", "none ", " none", "", "HS1", "HS384", "HS512", "hs256", "Hs256", "HS256 ",
            " HS256",
            "HS-256", "HS256\0", "HS\u{FF12}56", "HMAC", "es256", "ES256K", "ES384", "ES512", "RS384", "RS512",
            "rs256", "Rs256", "ps256", "PS384", "PS512", "RSA", "RS256 ", "EDDSA", "eddsa", "EdDSA ", "Ed25519",
            "Ed448", "A128GCMKW", "dir", "RSA-OAEP", "SHA256", "null", "HS256,ES256",
        ], SignatureAlgorithm.allCases)
    func otherAlgorithms(name: String, algorithm: SignatureAlgorithm) throws {
        let forge = try Forge(algorithm)
        let token = forge.token(header: "alg", .string(name))
        #expect(throws: JWTError.unsupportedAlgorithm) { try forge.verify(token) }
        let unsigned = token.split(separator: ".")[..<2].joined(separator: ".") + "."
        #expect(throws: JWTError.unsupportedAlgorithm) { try forge.verify(unsigned) }
        _ = try forge.verify(forge.token(header: "alg", .string(algorithm.rawValue)))
    }

    @Test(
        "alg must be a string", .promise(33),
        arguments: [nil, .null, 256, ["HS256"], ["HS256": 1], true] as [JSONValue?])
    func algorithmType(value: JSONValue?) throws {
        let forge = try Forge()
        #expect(throws: JWTError.malformedHeader) { try forge.verify(forge.token(header: "alg", value)) }
    }

    @Test(
        "A key serves its own algorithm alone", .promise(34), arguments: SignatureAlgorithm.allCases,
        SignatureAlgorithm.allCases)
    func oneKeyOneAlgorithm(mine: SignatureAlgorithm, other: SignatureAlgorithm) throws {
        let forge = try Forge(mine)
        var header = forge.header
        header["alg"] = .string(other.rawValue)
        let named = forge.sign(header: header, claims: forge.claims)
        header["kid"] = nil
        let nameless = forge.sign(header: header, claims: forge.claims)
        if mine == other {
            _ = try forge.verify(named)
            _ = try forge.verify(nameless)
        } else {
            #expect(throws: JWTError.algorithmMismatch) { try forge.verify(named) }
            #expect(throws: JWTError.algorithmMismatch) { try forge.verify(nameless) }
        }
    }

    @Test(
        "crit is refused, whatever it says", .promise(37),
        arguments: [
            ["exp"], ["b64"], [], [""], ["alg"], ["x", "x"], "exp", nil, 1, [1], [:], ["http://example.com/UNDEFINED"],
        ] as [JSONValue])
    func critical(value: JSONValue) throws {
        for algorithm in SignatureAlgorithm.allCases {
            let forge = try Forge(algorithm)
            #expect(throws: JWTError.criticalHeader) { try forge.verify(forge.token(header: "crit", value)) }
        }
    }

    @Test(
        "Parameters that change what the payload is are refused", .promise(39),
        arguments: [
            ("b64", false, .unencodedPayload), ("b64", true, .unencodedPayload), ("zip", "DEF", .compressedPayload),
            ("zip", nil, .compressedPayload), ("cty", "JWT", .nestedToken), ("cty", "jwt", .nestedToken),
            ("cty", "application/jwt", .nestedToken), ("cty", 1, .malformedHeader),
        ] as [(String, JSONValue, JWTError)])
    func payloads(name: String, value: JSONValue, expected: JWTError) throws {
        let forge = try Forge()
        #expect(throws: expected) { try forge.verify(forge.token(header: name, value)) }
        _ = try forge.verify(forge.token(header: "cty", "json"))
    }

    @Test("b64 is refused as such even where crit names it", .promise(38))
    func unencodedAndCritical() throws {
        let forge = try Forge()
        var header = forge.header
        header["crit"] = ["b64"]
        header["b64"] = false
        #expect(throws: JWTError.unencodedPayload) {
            try forge.verify(forge.sign(header: header, claims: forge.claims))
        }
    }

    @Test(
        "typ must be that of an access token", .promise(53),
        arguments: [
            ("at+jwt", true), ("AT+JWT", true), ("At+Jwt", true), ("application/at+jwt", true),
            ("Application/AT+jwt", true), ("JWT", false), ("jwt", false), ("", false), ("at+jwt ", false),
            ("at jwt", false),
            ("application/at+jwt;v=1", false), ("rt+jwt", false), ("at", false), ("x/at+jwt", false),
            ("logout+jwt", false),
        ])
    func type(name: String, isAccepted: Bool) throws {
        let forge = try Forge()
        let token = forge.token(header: "typ", .string(name))
        if isAccepted {
            _ = try forge.verify(token)
        } else {
            #expect(throws: JWTError.wrongType) { try forge.verify(token) }
        }
    }

    @Test("typ must be there, as a string", .promise(53))
    func typeType() throws {
        let forge = try Forge()
        #expect(throws: JWTError.wrongType) { try forge.verify(forge.token(header: "typ", nil)) }
        for value in [.null, 1, ["at+jwt"]] as [JSONValue] {
            #expect(throws: JWTError.malformedHeader) { try forge.verify(forge.token(header: "typ", value)) }
        }
    }

    @Test(
        "kid is only looked up", .promise(36),
        arguments: [
            ("", .unknownKey), ("unknown", .unknownKey), ("../../dev/null", .unknownKey), ("' OR 1=1--", .unknownKey),
            ("a\0b", .unknownKey), (.string(String(repeating: "k", count: 2000)), .unknownKey), (7, .malformedHeader),
            ([], .malformedHeader), (["kid"], .malformedHeader), (.null, .malformedHeader), (true, .malformedHeader),
        ] as [(JSONValue, JWTError)])
    func keyID(value: JSONValue, expected: JWTError) throws {
        for algorithm in SignatureAlgorithm.allCases {
            let forge = try Forge(algorithm)
            #expect(throws: expected) { try forge.verify(forge.token(header: "kid", value)) }
            _ = try forge.verify(forge.token)
        }
    }

    @Test(
        "Keys and addresses of keys in a header are never used", .promise(35),
        arguments: ["jwk", "jku", "x5u", "x5c", "x5t#S256"])
    func foreignKeys(name: String) throws {
        for algorithm in SignatureAlgorithm.pairs { try checkForeignKey(name, algorithm) }
    }

    private func checkForeignKey(_ name: String, _ algorithm: SignatureAlgorithm) throws {
        let forge = try Forge(algorithm)
        let attacker = Keys.other(algorithm)
        let issuer = AccessTokenIssuer(
            key: attacker, issuer: "urn:example:issuer", audience: "urn:example:audience", clock: { now })
        let (own, _) = try issuer.issue(subject: "7", username: "vicky", roles: [], clientID: "site")
        let set = try JSONValue(parsing: KeySet(attacker.verificationKey).publicJWKSet().span)
        let jwk = try #require(set.objectValue?["keys"]?.arrayValue?.first)
        let value: JSONValue = name == "jwk" ? jwk : name == "x5c" ? ["MIIB"] : "https://attacker.example/keys.json"

        // Signed by the attacker, who presents the key: first under its own name, then under ours.
        #expect(throws: JWTError.unknownKey) { try forge.verify(own) }
        var header = forge.header
        header[name] = value
        let text = encode(JSONValue.object(header).serialized())
        let forged = text + "." + own.split(separator: ".")[1] + "." + own.split(separator: ".")[2]
        #expect(throws: JWTError.invalidSignature) { try forge.verify(forged) }

        // Signed by us, the parameter is ignored.
        _ = try forge.verify(forge.token(header: name, value))
    }

    @Test(
        "A name that stands twice is refused", .promise(36, 48),
        arguments: [
            #"{"alg":"HS256","alg":"HS256","typ":"at+jwt"}"#, #"{"alg":"none","typ":"at+jwt","alg":"HS256"}"#,
            #"{"alg":"HS256","typ":"at+jwt","kid":"a","kid":"a"}"#,
            #"{"alg":"HS256","typ":"at+jwt","\u0061lg":"HS256"}"#,
            #"{"typ":"JWT","alg":"HS256","typ":"at+jwt"}"#, #"{"alg":"HS256","typ":"at+jwt","x":{"y":1,"y":2}}"#,
        ])
    func duplicates(header: String) throws {
        let forge = try Forge()
        let payload = JSONValue.object(forge.claims).serialized()
        #expect(throws: JWTError.duplicateName) {
            try forge.verify(forge.sign(header: Array(header.utf8), payload: payload))
        }
        let good = Array(#"{"alg":"HS256","typ":"at+jwt"}"#.utf8)
        _ = try forge.verify(forge.sign(header: good, payload: payload))
    }

    @Test(
        "Anything but an object is no header", .promise(49),
        arguments: ["", "1", "[]", "null", "\"HS256\"", "{", "{}", "{} ", "\u{FEFF}{}"])
    func shapes(header: String) throws {
        let forge = try Forge()
        let token = forge.sign(header: Array(header.utf8), payload: JSONValue.object(forge.claims).serialized())
        #expect(throws: JWTError.malformedHeader) { try forge.verify(token) }
    }
}
