import Cryptography
import Foundation
import TestSupport
import Testing

@Suite("Foreign vectors for Ed25519", .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence)))
struct Ed25519VectorTests {
    private struct Group: Decodable {
        struct PublicKey: Decodable {
            let pk: String
        }
        struct Vector: Decodable {
            let tcId: Int
            let msg: String
            let sig: String
            let result: String
        }
        let publicKey: PublicKey
        let tests: [Vector]
    }

    @Test("Wycheproof", .promise(46))
    func wycheproof() throws {
        let file = try Wycheproof<Group>.read("ed25519_test.json")
        var count = 0
        for group in file.testGroups {
            let key = try Ed25519.PublicKey(bytes(hexadecimal: group.publicKey.pk).span)
            for vector in group.tests {
                count += 1
                let isValid = key.accepts(bytes(hexadecimal: vector.sig), for: bytes(hexadecimal: vector.msg))
                #expect(isValid == (vector.result == "valid"), "tcId \(vector.tcId)")
            }
        }
        #expect(count == 151 && file.numberOfTests == 151)
    }

    private struct Case: Decodable {
        let message: String
        let pub_key: String
        let signature: String
    }

    /// Our row of ed25519-speccheck's table. K: the key itself is refused, for its small order (0, 1) or its second
    /// spelling (10, 11).
    ///
    /// Its numbers 2 and 3 are what RFC 8032 §5.1.7 lets in without the cofactor: a small R is the signer's own folly,
    /// a key of mixed order its owner's.
    private static let row = ["K", "K", "V", "V", "X", "X", "X", "X", "X", "X", "K", "K"]

    @Test("ed25519-speccheck", .promise(46))
    func specificationCheck() throws {
        let text = try Corpora.bytes("ed25519-speccheck/cases.json")
        let cases = try JSONDecoder().decode([Case].self, from: Data(text))
        let row = cases.map { vector -> String in
            do throws(CryptographyError) {
                let key = try Ed25519.PublicKey(bytes(hexadecimal: vector.pub_key).span)
                return key.accepts(bytes(hexadecimal: vector.signature), for: bytes(hexadecimal: vector.message))
                    ? "V" : "X"
            } catch {
                return error == .inconsistentKey ? "K" : "\(error)"
            }
        }
        #expect(row == Self.row)
    }
}
