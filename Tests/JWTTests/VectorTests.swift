import Foundation
import JSON
import JWT
import TestSupport
import Testing

/// Tokens and keys of RFC 7515, 7517, 7520, 7638 and 7797. What we do not speak must be refused for that reason.
@Suite("Published vectors", .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence)))
struct VectorTests {
    private static let folder = Published.folder

    @Test(
        "Tokens of every algorithm that we speak are verified",
        arguments: [
            ("rfc7515_A.1", nil), ("rfc7515_A.2", .rs256), ("rfc7515_A.3", nil), ("rfc7520_4.1", .rs256),
            ("rfc7520_4.4", nil),
        ] as [(String, SignatureAlgorithm?)])
    func good(name: String, algorithm: SignatureAlgorithm?) throws {
        let token = try Published.text(Self.folder + name + ".jwsc")
        let key = try Published.key(name, algorithm)
        let jws = try Published.verify(token, key)
        let payload = String(decoding: jws.payload, as: UTF8.self)
        #expect(payload.contains("http://example.com/is_root") || payload.contains("dangerous business, Frodo"))
        // The same with one letter of the payload exchanged.
        let dot = try #require(token.firstIndex(of: "."))
        let place = token.index(dot, offsetBy: 10)
        let altered = token.replacingCharacters(in: place...place, with: token[place] == "A" ? "B" : "A")
        #expect(throws: JWTError.invalidSignature) { try Published.verify(altered, key) }
        // The other of RSA's two is another algorithm, though the key could do it.
        guard algorithm == .rs256 else { return }
        #expect(throws: JWTError.algorithmMismatch) { try Published.verify(token, try Published.key(name, .ps256)) }
    }

    @Test("RFC 8037's token is verified")
    func edDSA() throws {
        let file = try Published.object("rfc7520-cookbook/curve25519/jws.json")
        let token = try #require(file["output"]?.objectValue?["compact"]?.stringValue)
        let jwk = try #require(file["input"]?.objectValue?["key"])
        let key = try VerificationKey(jwk: jwk.serialized().span)
        #expect(try Published.verify(token, key).payload == Array("Example of Ed25519 signing".utf8))
        // RFC 8037 §A.3.
        #expect(key.thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        #expect(throws: JWTError.invalidSignature) { try Published.verify(String(token.dropLast(2)) + "AQ", key) }
    }

    @Test(
        "Every other algorithm is refused as such, whatever the key",
        arguments: ["rfc7515_A.4", "rfc7515_A.5", "rfc7520_4.2", "rfc7520_4.3"])
    func otherAlgorithms(name: String) throws {
        let token = try Published.text(Self.folder + name + ".jwsc")
        for key in [try Published.key("rfc7515_A.1"), try Published.key("rfc7520_4.2", .ps256)] {
            #expect(throws: JWTError.unsupportedAlgorithm) { try Published.verify(token, key) }
        }
    }

    @Test("No compact token is left out")
    func complete() {
        #expect(Published.files(Self.folder, ending: [".jwsc"]).count == 10)
        #expect(Published.files(Self.folder, ending: [".jwec"]).count == 9)
        #expect(Published.files("rfc7520-cookbook", ending: [".json"]).count == 32)
    }

    @Test("A detached payload is not found, and put back it is verified", .promise(38))
    func detached() throws {
        let key = try Published.key("rfc7520_4.5")
        let token = try Published.text(Self.folder + "rfc7520_4.5.jwsc")
        let payload = try Corpora.bytes(Self.folder + "rfc7520_4.5.payl")
        #expect(throws: JWTError.invalidSignature) { try Published.verify(token, key) }
        let whole = token.replacing("..", with: "." + encode(payload) + ".")
        #expect(try Published.verify(whole, key).payload == payload)
    }

    @Test(
        "JSON serialisations are refused; their compact form would be good", .promise(40),
        arguments: Published.files(folder, ending: [".jwsf", ".jwsg"]))
    func serialisations(name: String) throws {
        let token = try Published.text(Self.folder + name)
        let dots = token.utf8.count { $0 == UInt8(ascii: ".") }
        #expect(throws: dots == 4 ? JWTError.encryptedToken : .notCompact) {
            try Published.verify(token, try Published.key("rfc7520_4.4"))
        }

        let whole = try Published.object(Self.folder + name)
        let payload = try whole["payload"]?.stringValue ?? encode(Corpora.bytes(Self.folder + "rfc7520_4.5.payl"))
        for signed in whole["signatures"]?.arrayValue?.compactMap(\.objectValue) ?? [whole] {
            let header = signed["protected"]?.stringValue ?? ""
            let compact = "\(header).\(payload).\(signed["signature"]?.stringValue ?? "")"
            let names = String(decoding: decode(header) ?? [], as: UTF8.self)
            let rsa = name.contains("7515") ? "rfc7515_A.2" : "rfc7520_4.1"
            let key =
                names.contains("RS256")
                ? try Published.key(rsa, .rs256)
                : try Published.key(
                    names.contains("ES256") ? "rfc7515_A.3" : name.contains("7515") ? "rfc7515_A.1" : "rfc7520_4.4")
            if header.isEmpty {
                #expect(throws: JWTError.malformedHeader) { try Published.verify(compact, key) }
            } else if ["HS256", "ES256", "RS256"].contains(where: names.contains) {
                #expect(try Published.verify(compact, key).payload == decode(payload))
            } else {
                #expect(throws: JWTError.unsupportedAlgorithm) { try Published.verify(compact, key) }
            }
        }
    }

    @Test(
        "Encrypted tokens are refused before anything is read", .promise(39),
        arguments: Published.files(folder, ending: [".jwec", ".jwef", ".jweg"]))
    func encrypted(name: String) throws {
        let token = try Published.text(Self.folder + name)
        let isJSON = token.hasPrefix("{")
        let dots = token.utf8.count { $0 == UInt8(ascii: ".") }
        #expect(isJSON || dots == 4)
        #expect(throws: dots == 4 ? JWTError.encryptedToken : .notCompact) {
            try Published.verify(token, try Published.key("rfc7515_A.1"))
        }
    }

    @Test(
        "The cookbook's compact tokens are verified or refused by kind", .promise(38, 39),
        arguments: Published.files("rfc7520-cookbook", ending: [".json"]))
    func cookbook(name: String) throws {
        let file = try Published.object("rfc7520-cookbook/" + name)
        let output = file["output"]?.objectValue ?? file["encrypt"]?.objectValue?["output"]?.objectValue
        guard let token = output?["compact"]?.stringValue else { return }
        let key =
            switch name {
            case "jws/4_1.rsa_v15_signature.json": try Published.key("rfc7520_4.1", .rs256)
            case "curve25519/jws.json":
                try VerificationKey(jwk: (file["input"]?.objectValue?["key"] ?? nil).serialized().span)
            default: try Published.key(name.hasPrefix("rfc7797") ? "rfc7515_A.1" : "rfc7520_4.4")
            }
        let good = [
            "jws/4_1.rsa_v15_signature.json", "jws/4_4.hmac-sha2_integrity_protection.json", "curve25519/jws.json",
        ]
        let expected: JWTError? =
            if name.hasPrefix("jwe") || name.hasPrefix("6.") || name == "curve25519/ecdh-es.json" {
                .encryptedToken
            } else if name.hasPrefix("rfc7797") {
                .unencodedPayload
            } else if name == "jws/4_5.signature_with_detached_content.json" {
                .invalidSignature
            } else if good.contains(name) {
                nil
            } else {
                .unsupportedAlgorithm
            }
        if let expected {
            #expect(throws: expected) { try Published.verify(token, key) }
        } else {
            _ = try Published.verify(token, key)
        }
    }

    @Test("The inner token of the nested example is refused for its kind, though its signature is right", .promise(39))
    func nested() throws {
        let file = try Published.object("rfc7520-cookbook/6.nesting_signatures_and_encryption.json")
        let signed = try #require(file["sign"]?.objectValue)
        let token = try #require(signed["output"]?.objectValue?["compact"]?.stringValue)
        let jwk = try #require(signed["input"]?.objectValue?["key"])
        let key = try VerificationKey(jwk: jwk.serialized().span, algorithm: .ps256)
        _ = try Published.verify(token, key)
        let verifier = AccessTokenVerifier(uncheckedIssuerAndAudience: KeySet(key), clock: { now })
        #expect(throws: JWTError.wrongType) { try verifier.verify(token) }
    }

    /// The suite's long files would be refused for their length; these are its grammar.
    private static let documents = Published.files("jsontestsuite/test_parsing", ending: [".json"]).filter {
        !["n_structure_100000_opening_arrays.json", "n_structure_open_array_object.json"].contains($0)
    }

    @Test("JSONTestSuite inside a signed token is refused for what it is", .promise(49), arguments: documents)
    func grammar(name: String) throws {
        let document = try Corpora.bytes("jsontestsuite/test_parsing/" + name)
        let forge = try Forge()
        let header = JSONValue.object(forge.header).serialized()
        let token = forge.sign(header: header, payload: document)
        let swapped = forge.sign(header: document, payload: header)
        let isObject = (try? JSONValue(parsing: document.span))?.objectValue != nil
        if name.hasPrefix("y_object_duplicated_key") {
            #expect(throws: JWTError.duplicateName) { try forge.verify(token) }
            #expect(throws: JWTError.duplicateName) { try forge.verify(swapped) }
        } else {
            // A document that is an object has not the claims of a token.
            #expect(throws: isObject ? JWTError.missingClaim(.issuer) : .malformedPayload) { try forge.verify(token) }
            #expect(throws: JWTError.malformedHeader) { try forge.verify(swapped) }
        }
        #expect(!(isObject && name.hasPrefix("n_")))
    }
}
