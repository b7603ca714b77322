import Foundation
import JSON
import JWT
import TestSupport
import Testing

/// Tokens and keys of RFC 7515, 7517, 7520, 7638 and 7797. What we do not speak must be refused for that reason.
@Suite("Published vectors", .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence)))
struct VectorTests {
    private static let folder = "rfc-jose-vectors/tests/vectors/"

    private static func files(_ folder: String, ending: [String]) -> [String] {
        guard Corpora.isPresent else { return [] }
        let all = try? FileManager.default.subpathsOfDirectory(atPath: Corpora.folder.appending(path: folder).path)
        return (all ?? []).filter { name in ending.contains { name.hasSuffix($0) } }.sorted()
    }

    private static func text(_ name: String) throws -> String {
        String(decoding: try Corpora.bytes(name), as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    private static func object(_ name: String) throws -> JSONObject {
        let text = try Corpora.bytes(name)
        return try #require(try JSONValue(parsing: text.span, limits: JSONLimits(maximumBytes: 1 << 16)).objectValue)
    }

    private static func key(_ name: String) throws -> VerificationKey {
        let text = try Corpora.bytes(folder + name + ".jwk")
        return try VerificationKey(jwk: text.span)
    }

    private static func verify(_ token: String, _ key: VerificationKey) throws(JWTError) -> CompactJWS {
        try CompactJWS(verifying: token.utf8.span, keys: KeySet(key))
    }

    @Test("HS256 and ES256 tokens are verified", arguments: ["rfc7515_A.1", "rfc7515_A.3", "rfc7520_4.4"])
    func good(name: String) throws {
        let token = try Self.text(Self.folder + name + ".jwsc")
        let key = try Self.key(name)
        let jws = try Self.verify(token, key)
        let payload = String(decoding: jws.payload, as: UTF8.self)
        #expect(payload.contains("http://example.com/is_root") || payload.contains("dangerous business, Frodo"))
        // The same with one letter of the payload exchanged.
        let dot = try #require(token.firstIndex(of: "."))
        let place = token.index(dot, offsetBy: 10)
        let altered = token.replacingCharacters(in: place...place, with: token[place] == "A" ? "B" : "A")
        #expect(throws: JWTError.invalidSignature) { try Self.verify(altered, key) }
    }

    @Test(
        "Every other algorithm is refused as such, whatever the key",
        arguments: ["rfc7515_A.2", "rfc7515_A.4", "rfc7515_A.5", "rfc7520_4.1", "rfc7520_4.2", "rfc7520_4.3"])
    func otherAlgorithms(name: String) throws {
        let token = try Self.text(Self.folder + name + ".jwsc")
        for key in ["rfc7515_A.1", "rfc7515_A.3"] {
            #expect(throws: JWTError.unsupportedAlgorithm) { try Self.verify(token, try Self.key(key)) }
        }
    }

    @Test("No compact token is left out")
    func complete() {
        #expect(Self.files(Self.folder, ending: [".jwsc"]).count == 10)
        #expect(Self.files(Self.folder, ending: [".jwec"]).count == 9)
        #expect(Self.files("rfc7520-cookbook", ending: [".json"]).count == 32)
    }

    @Test("A detached payload is not found, and put back it is verified")
    func detached() throws {
        let key = try Self.key("rfc7520_4.5")
        let token = try Self.text(Self.folder + "rfc7520_4.5.jwsc")
        let payload = try Corpora.bytes(Self.folder + "rfc7520_4.5.payl")
        #expect(throws: JWTError.invalidSignature) { try Self.verify(token, key) }
        let whole = token.replacing("..", with: "." + encode(payload) + ".")
        #expect(try Self.verify(whole, key).payload == payload)
    }

    @Test(
        "JSON serialisations are refused; their compact form would be good",
        arguments: files(folder, ending: [".jwsf", ".jwsg"]))
    func serialisations(name: String) throws {
        let token = try Self.text(Self.folder + name)
        let dots = token.utf8.count { $0 == UInt8(ascii: ".") }
        #expect(throws: dots == 4 ? JWTError.encryptedToken : .notCompact) {
            try Self.verify(token, try Self.key("rfc7520_4.4"))
        }

        let whole = try Self.object(Self.folder + name)
        let payload = try whole["payload"]?.stringValue ?? encode(Corpora.bytes(Self.folder + "rfc7520_4.5.payl"))
        for signed in whole["signatures"]?.arrayValue?.compactMap(\.objectValue) ?? [whole] {
            let header = signed["protected"]?.stringValue ?? ""
            let compact = "\(header).\(payload).\(signed["signature"]?.stringValue ?? "")"
            let names = String(decoding: decode(header) ?? [], as: UTF8.self)
            let key = try Self.key(
                names.contains("ES256") ? "rfc7515_A.3" : name.contains("7515") ? "rfc7515_A.1" : "rfc7520_4.4")
            if header.isEmpty {
                #expect(throws: JWTError.malformedHeader) { try Self.verify(compact, key) }
            } else if names.contains("HS256") || names.contains("ES256") {
                #expect(try Self.verify(compact, key).payload == decode(payload))
            } else {
                #expect(throws: JWTError.unsupportedAlgorithm) { try Self.verify(compact, key) }
            }
        }
    }

    @Test(
        "Encrypted tokens are refused before anything is read",
        arguments: files(folder, ending: [".jwec", ".jwef", ".jweg"]))
    func encrypted(name: String) throws {
        let token = try Self.text(Self.folder + name)
        let isJSON = token.hasPrefix("{")
        let dots = token.utf8.count { $0 == UInt8(ascii: ".") }
        #expect(isJSON || dots == 4)
        #expect(throws: dots == 4 ? JWTError.encryptedToken : .notCompact) {
            try Self.verify(token, try Self.key("rfc7515_A.1"))
        }
    }

    @Test("Keys are read as pinned", arguments: files(folder, ending: [".jwk"]))
    func keys(name: String) throws {
        let jwk = try Self.object(Self.folder + name)
        let text = try Corpora.bytes(Self.folder + name)
        let isEC = jwk["kty"] == "EC" && jwk["crv"] == "P-256"
        let isHMAC = jwk["kty"] == "oct" && (jwk["alg"] == nil || jwk["alg"] == "HS256")
        if name == "rfc7520_5.3.jwk" {
            // A password for PBES2 that says nothing of its use: 41 bytes, which would do for HS256.
            #expect(try VerificationKey(jwk: text.span).algorithm == .hs256)
        } else if jwk["use"] == "enc" || !(isEC || isHMAC) {
            #expect(throws: JWTError.unsupportedKey) { try VerificationKey(jwk: text.span) }
        } else {
            #expect(try VerificationKey(jwk: text.span).algorithm == (isEC ? .es256 : .hs256))
        }
    }

    @Test(
        "Sets are read as pinned",
        arguments: [
            ("rfc7515_A.6", ["ES256"]), ("rfc7517_A.1", nil), ("rfc7517_A.2", nil), ("rfc7517_A.3", ["HS256"]),
            ("rfc7520_4.8", ["HS256"]),
        ] as [(String, [String]?)])
    func sets(name: String, expected: [String]?) throws {
        let text = try Corpora.bytes(Self.folder + name + ".jwkset")
        if let expected {
            #expect(try KeySet(jwkSet: text.span).keys.map(\.algorithm.rawValue) == expected)
        } else {
            #expect(throws: JWTError.noUsableKey) { try KeySet(jwkSet: text.span) }
        }
    }

    @Test("The thumbprint of RFC 7515's P-256 key is what Python's hashlib says")
    func thumbprint() throws {
        #expect(try Self.key("rfc7515_A.3").thumbprint == "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U")
    }

    @Test(
        "The cookbook's compact tokens are verified or refused by kind",
        arguments: files("rfc7520-cookbook", ending: [".json"]))
    func cookbook(name: String) throws {
        let file = try Self.object("rfc7520-cookbook/" + name)
        let output = file["output"]?.objectValue ?? file["encrypt"]?.objectValue?["output"]?.objectValue
        guard let token = output?["compact"]?.stringValue else { return }
        let key = try Self.key(name.hasPrefix("rfc7797") ? "rfc7515_A.1" : "rfc7520_4.4")
        let expected: JWTError? =
            if name.hasPrefix("jwe") || name.hasPrefix("6.") || name == "curve25519/ecdh-es.json" {
                .encryptedToken
            } else if name.hasPrefix("rfc7797") {
                .unencodedPayload
            } else if name == "jws/4_5.signature_with_detached_content.json" {
                .invalidSignature
            } else if name == "jws/4_4.hmac-sha2_integrity_protection.json" {
                nil
            } else {
                .unsupportedAlgorithm
            }
        if let expected {
            #expect(throws: expected) { try Self.verify(token, key) }
        } else {
            _ = try Self.verify(token, key)
        }
    }

    @Test("The inner token of the nested example is refused for its algorithm")
    func nested() throws {
        let file = try Self.object("rfc7520-cookbook/6.nesting_signatures_and_encryption.json")
        let token = try #require(file["sign"]?.objectValue?["output"]?.objectValue?["compact"]?.stringValue)
        #expect(throws: JWTError.unsupportedAlgorithm) { try Self.verify(token, try Self.key("rfc7520_4.4")) }
    }

    @Test("Wycheproof's public keys are read as JWK")
    func wycheproofKeys() throws {
        let text = try Corpora.bytes("wycheproof-primitives/ecdsa_secp256r1_sha256_p1363_test.json")
        let file = try JSONValue(parsing: text.span, limits: JSONLimits(maximumBytes: 1 << 20))
        let groups = try #require(file.objectValue?["testGroups"]?.arrayValue)
        let keys = groups.compactMap { $0.objectValue?["publicKeyJwk"] }
        for jwk in keys {
            #expect(try VerificationKey(jwk: jwk.serialized().span).algorithm == .es256)
        }
        // Nine of the 112 groups come without one.
        #expect(keys.count == 103)
    }

    /// The suite's long files would be refused for their length; these are its grammar.
    private static let documents = files("jsontestsuite/test_parsing", ending: [".json"]).filter {
        !["n_structure_100000_opening_arrays.json", "n_structure_open_array_object.json"].contains($0)
    }

    @Test("JSONTestSuite inside a signed token is refused for what it is", arguments: documents)
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
