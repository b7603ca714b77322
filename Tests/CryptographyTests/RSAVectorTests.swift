import Cryptography
import TestSupport
import Testing

@Suite("Foreign vectors for RSA", .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence)))
struct RSAVectorTests {
    private struct Group: Decodable {
        struct PublicKey: Decodable {
            let modulus: String
            let publicExponent: String
        }
        struct Vector: Decodable {
            let tcId: Int
            let msg: String
            let sig: String
            let result: String
        }
        let publicKey: PublicKey
        let tests: [Vector]

        /// As RFC 7518 §6.3.1 wants it: Wycheproof writes the zero of a DER INTEGER.
        func key(_ padding: RSA.Padding) throws(CryptographyError) -> RSA.PublicKey {
            let modulus = Array(bytes(hexadecimal: publicKey.modulus).drop { $0 == 0 })
            let exponent = Array(bytes(hexadecimal: publicKey.publicExponent).drop { $0 == 0 })
            return try RSA.PublicKey(modulus: modulus.span, exponent: exponent.span, padding: padding)
        }
    }

    @Test("Wycheproof, PSS with a salt of 32 bytes", .promise(45))
    func pss() throws {
        let file = try Wycheproof<Group>.read("rsa_pss_2048_sha256_mgf1_32_test.json")
        var count = 0
        for group in file.testGroups {
            let key = try group.key(.pss)
            for vector in group.tests {
                count += 1
                let isValid = key.accepts(bytes(hexadecimal: vector.sig), for: bytes(hexadecimal: vector.msg))
                #expect(isValid == (vector.result == "valid"), "tcId \(vector.tcId)")
            }
        }
        #expect(count == 108 && file.numberOfTests == 108)
    }

    /// Wycheproof's "acceptable": the digest's name without its NULL, which RFC 8017 §9.2 allows nobody to write.
    private static let acceptableButRefused: Set = [8]

    /// Valid signatures of two keys with the exponent 3, which we do not load (security.md: below 65537).
    private static let keysNotLoaded: Set = [258, 259]

    @Test("Wycheproof, PKCS#1 v1.5")
    func pkcs1() throws {
        let file = try Wycheproof<Group>.read("rsa_signature_2048_sha256_test.json")
        var count = 0
        for group in file.testGroups {
            count += group.tests.count
            if group.publicKey.publicExponent == "03" {
                #expect(throws: CryptographyError.weakKey) { try group.key(.pkcs1) }
                #expect(group.tests.allSatisfy { Self.keysNotLoaded.contains($0.tcId) }, "\(group.tests.map(\.tcId))")
                continue
            }
            let key = try group.key(.pkcs1)
            for vector in group.tests {
                let isValid = key.accepts(bytes(hexadecimal: vector.sig), for: bytes(hexadecimal: vector.msg))
                let isExpected = vector.result == "valid"
                #expect(isValid == isExpected, "tcId \(vector.tcId)")
                let isPinned = Self.acceptableButRefused.contains(vector.tcId)
                #expect((vector.result == "acceptable") == isPinned, "tcId \(vector.tcId)")
            }
        }
        #expect(count == 259 && file.numberOfTests == 259)
    }
}
