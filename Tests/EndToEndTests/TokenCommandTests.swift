import Foundation
import TestSupport
import Testing

/// `gatelodge token verify` on tokens of other people's making.
@Suite("The token command", .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence)))
struct TokenCommandTests {
    private struct Cookbook: Decodable {
        struct Input: Decodable {
            let key: [String: String]
        }
        struct Output: Decodable {
            let compact: String
        }
        let input: Input
        let output: Output
    }

    private func read(_ name: String) throws -> Cookbook {
        let text = try Corpora.bytes("rfc7520-cookbook/" + name)
        return try JSONDecoder().decode(Cookbook.self, from: Data(text))
    }

    private func verify(_ token: String, _ keys: [[String: String]]) throws -> (
        status: Int32, text: String, errors: String
    ) {
        let file = URL(filePath: NSTemporaryDirectory()).appending(path: "gl-\(UUID().uuidString.prefix(8)).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try JSONEncoder().encode(["keys": keys]).write(to: file)
        let child = try Child(
            Site.binary, ["token", "verify", "--jwks", file.path, "--signature-only"], input: Array(token.utf8))
        return (child.status(), child.text, child.errors)
    }

    @Test("A foreign token is verified by its issuer's keys, altered it is not")
    func foreign() throws {
        let edDSA = try read("curve25519/jws.json")
        var rsa = try read("jws/4_1.rsa_v15_signature.json")
        let named = rsa.input.key.merging(["alg": "RS256"]) { $1 }
        let good = try verify(edDSA.output.compact, [edDSA.input.key])
        #expect(good.status == 0 && good.text == "Example of Ed25519 signing\n")
        let frodo = try verify(rsa.output.compact, [edDSA.input.key, named])
        #expect(frodo.status == 0 && frodo.text.contains("dangerous business, Frodo"))
        let altered = try verify(String(edDSA.output.compact.dropLast(4)) + "AAAA", [edDSA.input.key])
        #expect(altered.status == 1)
        // A key that does not say for which of two algorithms it is does not serve.
        let nameless = try verify(rsa.output.compact, [edDSA.input.key, rsa.input.key])
        #expect(nameless.status == 1 && nameless.errors == "gatelodge: algorithm_mismatch\n")
        rsa = try read("jws/4_2.rsa-pss_signature.json")
        let other = try verify(rsa.output.compact, [named])
        #expect(other.status == 1 && other.errors == "gatelodge: unsupported_algorithm\n")
    }

    @Test("An encrypted token is refused as such")
    func encrypted() throws {
        let jwe = try read("jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2.json")
        let edDSA = try read("curve25519/jws.json")
        let refused = try verify(jwe.output.compact, [edDSA.input.key])
        #expect(refused.status == 1 && refused.errors == "gatelodge: encrypted_token\n")
    }
}
