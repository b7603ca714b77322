import Foundation
import JSON
import JWT
import TestSupport
import Testing

@Suite("Signatures")
struct SignatureTests {
    @Test("A signature of another length is refused", arguments: SignatureAlgorithm.allCases)
    func lengths(algorithm: SignatureAlgorithm) throws {
        let forge = try Forge(algorithm)
        let input = forge.token.split(separator: ".")[..<2].joined(separator: ".")
        let signature = forge.signature(of: input)
        func token(_ signature: [UInt8]) -> String { input + "." + encode(signature) }
        _ = try forge.verify(token(signature))
        for count in 0..<signature.count {
            #expect(throws: JWTError.invalidSignature) { try forge.verify(token(Array(signature[..<count]))) }
        }
        for other in [signature + [0], [0] + signature, signature + signature] {
            #expect(throws: JWTError.invalidSignature) { try forge.verify(token(other)) }
        }
    }

    @Test("DER and numbers out of range are no ES256 signature", .promise(44))
    func otherForms() throws {
        let forge = try Forge(.es256)
        let input = forge.token.split(separator: ".")[..<2].joined(separator: ".")
        let signature = forge.signature(of: input)
        let r = Array(signature[..<32])
        let s = Array(signature[32...])
        let der: [UInt8] = Array([[0x30, 70, 0x02, 33, 0], r, [0x02, 33, 0], s].joined())
        let zero = [UInt8](repeating: 0, count: 32)
        let ones = [UInt8](repeating: 0xFF, count: 32)
        for other in [der, zero + zero, ones + ones, zero + s, r + zero] {
            #expect(throws: JWTError.invalidSignature) {
                try forge.verify(input + "." + encode(other))
            }
        }
        _ = try forge.verify(input + "." + encode(signature))
    }

    @Test("A signature of another token or another key is refused", arguments: SignatureAlgorithm.allCases)
    func exchanged(algorithm: SignatureAlgorithm) throws {
        let forge = try Forge(algorithm)
        let one = forge.token.split(separator: ".")
        let two = forge.token(claim: "sub", "8").split(separator: ".")
        _ = try forge.verify(two.joined(separator: "."))
        #expect(throws: JWTError.invalidSignature) { try forge.verify("\(one[0]).\(one[1]).\(two[2])") }
        #expect(throws: JWTError.invalidSignature) { try forge.verify("\(one[0]).\(two[1]).\(one[2])") }

        let other = Keys.other(algorithm)
        let verifier = AccessTokenVerifier(
            uncheckedIssuerAndAudience: KeySet(other.verificationKey), clock: { now })
        var header = forge.header
        header["kid"] = nil
        let token = forge.sign(header: header, claims: forge.claims)
        _ = try forge.verify(token)
        #expect(throws: JWTError.invalidSignature) { try verifier.verify(token) }
    }

    @Test("The signature is judged before the payload is looked at")
    func order() throws {
        let forge = try Forge()
        let header = encode(JSONValue.object(forge.header).serialized())
        #expect(throws: JWTError.invalidSignature) { try forge.verify(header + ".!!!." + encode([1])) }
        #expect(throws: JWTError.invalidBase64URL) { try forge.verify(forge.sign(input: header + ".!!!")) }
    }

    @Test("A payload that is no JSON is fine for the signature alone")
    func signatureOnly() throws {
        let forge = try Forge(.es256)
        let token = forge.sign(header: Array(#"{"alg":"ES256"}"#.utf8), payload: [0xFF, 0x00])
        let jws = try CompactJWS(verifying: token.utf8.span, keys: forge.keys)
        #expect(jws.payload == [0xFF, 0x00])
        #expect(jws.headerBytes == Array(#"{"alg":"ES256"}"#.utf8))
        #expect(jws.header.algorithm == .es256 && jws.header.keyID == nil && jws.header.type == nil)
    }
}
