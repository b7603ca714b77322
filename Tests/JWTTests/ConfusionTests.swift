import Cryptography
import Foundation
import JSON
import JWT
import TestSupport
import Testing

/// A key made to serve for another algorithm, as attackers have made many libraries do (RFC 8725 §2.1).
@Suite("Keys mistaken for others")
struct ConfusionTests {
    /// Everything by which somebody may know a public key, as bytes.
    private static func spellings(of key: SigningKey) throws -> [(name: String, bytes: [UInt8])] {
        let jwk = try #require(key.verificationKey.publicJWK)
        let object = try #require(try JSONValue(parsing: jwk.span).objectValue)
        let spki = try subjectPublicKeyInfo(object)
        let letters = Data(spki).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        let pem = "-----BEGIN PUBLIC KEY-----\n\(letters)\n-----END PUBLIC KEY-----"
        var spellings = [
            ("JWK", jwk), ("JWK Set", KeySet(key.verificationKey).publicJWKSet()), ("DER", spki),
            ("PEM without newline", Array(pem.utf8)), ("PEM", Array((pem + "\n").utf8)),
            ("PEM with CRLF", Array((pem + "\n").replacing("\n", with: "\r\n").utf8)),
            ("PEM with CRLF without newline", Array(pem.replacing("\n", with: "\r\n").utf8)),
            ("base64 of DER", Array(Data(spki).base64EncodedString().utf8)),
        ]
        for name in ["x", "y", "n"] {
            guard let text = object[name]?.stringValue, let bytes = decode(text) else { continue }
            spellings += [("\(name) as text", Array(text.utf8)), (name, bytes), ("0 and \(name)", [0] + bytes)]
            spellings.append(("\(name) in hexadecimal", Array(bytes.map { String(format: "%02x", $0) }.joined().utf8)))
        }
        return spellings
    }

    /// `SubjectPublicKeyInfo`, put together by hand from the key's JWK.
    private static func subjectPublicKeyInfo(_ jwk: JSONObject) throws -> [UInt8] {
        func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
            let count = contents.count
            let length =
                count < 128
                ? [UInt8(count)] : count < 256 ? [0x81, UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
            return [tag] + length + contents
        }
        func member(_ name: String) throws -> [UInt8] {
            let text = try #require(jwk[name]?.stringValue)
            return try #require(decode(text))
        }
        let identifier: [UInt8]
        let key: [UInt8]
        switch jwk["kty"]?.stringValue {
        case "EC":
            identifier = [
                0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03,
                0x01,
                0x07,
            ]
            key = [4] + (try member("x")) + (try member("y"))
        case "OKP":
            identifier = [0x06, 0x03, 0x2B, 0x65, 0x70]
            key = try member("x")
        default:
            identifier = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00]
            key = element(0x30, element(0x02, [0] + (try member("n"))) + element(0x02, try member("e")))
        }
        return element(0x30, element(0x30, identifier) + element(0x03, [0] + key))
    }

    private static func token(_ header: JSONObject, secret: [UInt8]) throws -> String {
        let forge = try Forge()
        let input =
            encode(JSONValue.object(header).serialized()) + "." + encode(JSONValue.object(forge.claims).serialized())
        let code = SHA256.authenticationCode(key: secret.span, message: input.utf8.span)
        return input + "." + encode(code.indices.map { code[$0] })
    }

    private static func verifier(_ keys: [VerificationKey]) throws -> AccessTokenVerifier {
        AccessTokenVerifier(
            keys: try KeySet(keys), issuer: "urn:example:issuer", audience: "urn:example:audience", clock: { now })
    }

    @Test("A public key is no HMAC secret, in whatever spelling", .promise(34), arguments: SignatureAlgorithm.pairs)
    func publicKeyAsSecret(algorithm: SignatureAlgorithm) throws {
        let pair = try Keys.key(algorithm)
        let hs256 = try Keys.hs256()
        let both = try Self.verifier([pair.verificationKey, hs256.verificationKey])
        let alone = try Self.verifier([pair.verificationKey])
        _ = try both.verify(try Forge(algorithm).token)
        _ = try alone.verify(try Forge(algorithm).token)
        let spellings = try Self.spellings(of: pair)
        #expect(spellings.count >= 12)
        for (name, bytes) in spellings {
            var header: JSONObject = ["alg": "HS256", "kid": .string(pair.keyID), "typ": "at+jwt"]
            let named = try Self.token(header, secret: bytes)
            #expect(throws: JWTError.algorithmMismatch, "\(name)") { try both.verify(named) }
            #expect(throws: JWTError.algorithmMismatch, "\(name)") { try alone.verify(named) }
            // The same for the pair's own algorithm, as if its verifier took any key.
            header["alg"] = .string(algorithm.rawValue)
            let disguised = try Self.token(header, secret: bytes)
            #expect(throws: JWTError.invalidSignature, "\(name)") { try both.verify(disguised) }
            // Under the secret's name, and under none.
            header = ["alg": "HS256", "kid": .string(hs256.keyID), "typ": "at+jwt"]
            let secretly = try Self.token(header, secret: bytes)
            #expect(throws: JWTError.invalidSignature, "\(name)") { try both.verify(secretly) }
            header["kid"] = nil
            let nameless = try Self.token(header, secret: bytes)
            #expect(throws: JWTError.missingKeyID, "\(name)") { try both.verify(nameless) }
            #expect(throws: JWTError.algorithmMismatch, "\(name)") { try alone.verify(nameless) }
        }
        // The control: with the secret itself the same header is good.
        let header: JSONObject = ["alg": "HS256", "kid": .string(hs256.keyID), "typ": "at+jwt"]
        _ = try both.verify(try Self.token(header, secret: secret))
    }

    @Test("An RSA key for one of its two algorithms does not serve for the other", .promise(34))
    func rsa() throws {
        let der = try #require(Keys.ps256.pkcs8())
        for (mine, other) in [(SignatureAlgorithm.ps256, SignatureAlgorithm.rs256), (.rs256, .ps256)] {
            let signing = try SigningKey(pkcs8: der.span, algorithm: other)
            let trusted = try SigningKey(pkcs8: der.span, algorithm: mine).verificationKey
            let issuer = AccessTokenIssuer(
                key: signing, issuer: "urn:example:issuer", audience: "urn:example:audience", clock: { now })
            let (token, _) = try issuer.issue(subject: "7", username: "vicky", roles: [], clientID: "site")
            _ = try Self.verifier([signing.verificationKey]).verify(token)
            #expect(throws: JWTError.algorithmMismatch) { try Self.verifier([trusted]).verify(token) }
            // The same signature under the trusted algorithm's name is over other bytes; over the right ones it has the wrong
            // padding.
            let header: JSONObject = ["alg": .string(mine.rawValue), "typ": "at+jwt"]
            let input = encode(JSONValue.object(header).serialized()) + "." + token.split(separator: ".")[1]
            let pair = try RSA.PrivateKey(pkcs8: der.span, padding: mine == .ps256 ? .pkcs1 : .pss)
            let forged = input + "." + encode(pair.sign(input.utf8.span))
            #expect(throws: JWTError.invalidSignature) { try Self.verifier([trusted]).verify(forged) }
            let right = try RSA.PrivateKey(pkcs8: der.span, padding: mine == .ps256 ? .pss : .pkcs1)
            _ = try Self.verifier([trusted]).verify(input + "." + encode(right.sign(input.utf8.span)))
        }
    }

    @Test(
        "A signature of one algorithm is none of another's, whatever the header says", .promise(34),
        arguments: SignatureAlgorithm.allCases, SignatureAlgorithm.allCases)
    func signatures(signing: SignatureAlgorithm, claimed: SignatureAlgorithm) throws {
        let forge = try Forge(signing)
        let target = try Keys.key(claimed)
        let verifier = try Self.verifier(try SignatureAlgorithm.allCases.map { try Keys.key($0).verificationKey })
        let header: JSONObject = ["alg": .string(claimed.rawValue), "kid": .string(target.keyID), "typ": "at+jwt"]
        let token = forge.sign(header: header, claims: forge.claims)
        if signing == claimed {
            _ = try verifier.verify(token)
        } else {
            #expect(throws: JWTError.invalidSignature) { try verifier.verify(token) }
        }
    }

    @Test(
        "A key in a set is found by its kid and then must be for the token's algorithm", .promise(34),
        arguments: SignatureAlgorithm.allCases)
    func exchangedNames(algorithm: SignatureAlgorithm) throws {
        let forge = try Forge(algorithm)
        let verifier = try Self.verifier(try SignatureAlgorithm.allCases.map { try Keys.key($0).verificationKey })
        _ = try verifier.verify(forge.token)
        for other in SignatureAlgorithm.allCases where other != algorithm {
            let token = forge.token(header: "kid", .string(try Keys.key(other).keyID))
            #expect(throws: JWTError.algorithmMismatch) { try verifier.verify(token) }
        }
        #expect(throws: JWTError.missingKeyID) { try verifier.verify(forge.token(header: "kid", nil)) }
    }
}
