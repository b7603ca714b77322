import Cryptography
import Foundation
import TestSupport
import Testing

@Suite("RSA signatures")
struct RSATests {
    /// Made once: pairs take time.
    private static let pss = RSA.PrivateKey.generate(.pss)
    private static let pkcs1 = RSA.PrivateKey.generate(.pkcs1)
    private let message = [UInt8]("signing input".utf8)

    private static func key(_ padding: RSA.Padding) -> RSA.PrivateKey { padding == .pss ? pss : pkcs1 }

    @Test(
        "A signature is as long as the modulus and valid for its message and key alone",
        arguments: [RSA.Padding.pss, .pkcs1])
    func signing(padding: RSA.Padding) {
        let key = Self.key(padding)
        let signature = key.sign(message.span)
        #expect(signature.count == 256)
        #expect(key.publicKey.accepts(signature, for: message))
        #expect(!key.publicKey.accepts(signature, for: Array("signing inpuT".utf8)))
        #expect(!Self.key(padding == .pss ? .pkcs1 : .pss).publicKey.accepts(signature, for: message))
        #expect((key.sign(message.span) == signature) == (padding == .pkcs1))
        #expect(key.publicKey.exponent == [1, 0, 1])
    }

    @Test("One pair with the other padding is another key")
    func paddings() throws {
        let other = try RSA.PrivateKey(pkcs8: Self.pss.pkcs8().span, padding: .pkcs1)
        #expect(other.publicKey.modulus == Self.pss.publicKey.modulus)
        #expect(other.publicKey.accepts(other.sign(message.span), for: message))
        #expect(!other.publicKey.accepts(Self.pss.sign(message.span), for: message))
        #expect(!Self.pss.publicKey.accepts(other.sign(message.span), for: message))
    }

    @Test("Every other length and every flipped bit is refused", arguments: [RSA.Padding.pss, .pkcs1])
    func altered(padding: RSA.Padding) {
        let key = Self.key(padding)
        let signature = key.sign(message.span)
        #expect(key.publicKey.accepts(signature, for: message))
        for count in [0, 1, 128, 255] { #expect(!key.publicKey.accepts(signature[..<count], for: message)) }
        #expect(!key.publicKey.accepts(signature + [0], for: message))
        #expect(!key.publicKey.accepts([0] + signature, for: message))
        for bit in 0..<2048 {
            var other = signature
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.publicKey.accepts(other, for: message), "bit \(bit)")
        }
        #expect(!key.publicKey.accepts([UInt8](repeating: 0, count: 256), for: message))
        #expect(!key.publicKey.accepts([UInt8](repeating: 0xFF, count: 256), for: message))
        #expect(!key.publicKey.accepts(key.publicKey.modulus, for: message))
    }

    @Test("A signature that begins with zero is refused without it")
    func leadingZero() throws {
        var found = false
        for _ in 0..<4000 where !found {
            let signature = Self.pss.sign(message.span)
            guard signature[0] == 0 else { continue }
            found = true
            #expect(Self.pss.publicKey.accepts(signature, for: message))
            #expect(!Self.pss.publicKey.accepts(signature[1...], for: message))
        }
        #expect(found)
    }

    @Test("Only SHA-256 with its own salt and mask is accepted, of OpenSSL's many", .promise(45))
    func otherParameters() throws {
        let vectors = try #require(RSAVectors.all)
        let key = vectors.keys[0].der
        let pss = try RSA.PrivateKey(pkcs8: key.span, padding: .pss).publicKey
        let pkcs1 = try RSA.PrivateKey(pkcs8: key.span, padding: .pkcs1).publicKey
        let message = [UInt8](vectors.message.utf8)
        for vector in vectors.signatures {
            #expect(pss.accepts(vector.bytes, for: message) == (vector.padding == "pss"), "\(vector.name)")
            #expect(pkcs1.accepts(vector.bytes, for: message) == (vector.padding == "pkcs1"), "\(vector.name)")
        }
        #expect(vectors.signatures.count == 14)
    }

    @Test("Keys of every size and kind are read or refused by their numbers", .promise(47))
    func keys() throws {
        let vectors = try #require(RSAVectors.all)
        for vector in vectors.keys {
            let der = vector.der
            if let expected = vector.expected {
                #expect(throws: expected, "\(vector.name)") { try RSA.PrivateKey(pkcs8: der.span, padding: .pss) }
            } else {
                let key = try RSA.PrivateKey(pkcs8: der.span, padding: .pss)
                #expect(key.pkcs8() == der, "\(vector.name)")
                #expect(key.publicKey.accepts(key.sign(message.span), for: message), "\(vector.name)")
            }
        }
        #expect(vectors.keys.count == 12)
    }

    @Test("Keys of other kinds are refused", arguments: OtherKeys.all)
    func otherKeys(key: OtherKeys) {
        let expected = key.testDescription == "An Ed25519 key" ? CryptographyError.wrongKeyType : key.error
        #expect(throws: expected) { try RSA.PrivateKey(pkcs8: bytes(hexadecimal: key.der).span, padding: .pss) }
    }

    @Test("PKCS#8 that is cut, lengthened or altered is refused")
    func brokenPKCS8() throws {
        let original = Self.pss
        let der = original.pkcs8()
        for count in stride(from: 0, to: der.count, by: 7) {
            #expect(throws: CryptographyError.malformedKey) {
                try RSA.PrivateKey(pkcs8: Array(der[..<count]).span, padding: .pss)
            }
        }
        #expect(throws: CryptographyError.malformedKey) {
            try RSA.PrivateKey(pkcs8: (der + [0]).span, padding: .pss)
        }
        // Each check of a pair takes some ten milliseconds: forty places from beginning to end.
        for place in stride(from: 5, to: der.count, by: der.count / 40) {
            var other = der
            other[place] ^= 0x10
            // OpenSSL overlooks the versions. What is read must at least be the same pair.
            guard let key = try? RSA.PrivateKey(pkcs8: other.span, padding: .pss) else { continue }
            #expect(key.publicKey.modulus == original.publicKey.modulus, "byte \(place)")
            #expect(original.publicKey.accepts(key.sign(message.span), for: message), "byte \(place)")
        }
    }

    private static func read(_ modulus: [UInt8], _ exponent: [UInt8]) throws(CryptographyError) -> RSA.PublicKey {
        try RSA.PublicKey(modulus: modulus.span, exponent: exponent.span, padding: .pss)
    }

    @Test(
        "An exponent is odd, from 65537 on, and at most 64 bits long", .promise(47),
        arguments: [
            ([1, 0, 1], nil), ([1, 0, 3], nil), ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], nil),
            ([], .malformedKey), ([0], .malformedKey), ([0, 1, 0, 1], .malformedKey), ([1], .weakKey), ([3], .weakKey),
            ([0xFF, 0xFF], .weakKey), ([1, 0, 0], .weakKey), ([1, 0, 2], .weakKey),
            ([1, 0, 0, 0, 0, 0, 0, 0, 1], .weakKey), ([UInt8](repeating: 0xFF, count: 256), .weakKey),
        ] as [([UInt8], CryptographyError?)])
    func exponents(exponent: [UInt8], expected: CryptographyError?) throws {
        let modulus = Self.pss.publicKey.modulus
        if let expected {
            #expect(throws: expected) { try Self.read(modulus, exponent) }
        } else {
            #expect(try Self.read(modulus, exponent).exponent == exponent)
        }
    }

    @Test("A modulus has from 2,048 to 8,192 bits, no leading zero and no small factor", .promise(47))
    func moduli() throws {
        let modulus = Self.pss.publicKey.modulus
        let exponent: [UInt8] = [1, 0, 1]
        #expect(try Self.read(modulus, exponent).modulus == modulus)
        var short = modulus
        short[0] = 0x7F
        for weak in [[1], Array(modulus[1...]), short, [1] + [UInt8](repeating: 0, count: 1023) + [1]] {
            #expect(throws: CryptographyError.weakKey) { try Self.read(weak, exponent) }
        }
        #expect(throws: CryptographyError.weakKey) { try Self.read([UInt8](repeating: 0xFF, count: 60_000), exponent) }
        for malformed in [[], [0] + modulus] {
            #expect(throws: CryptographyError.malformedKey) { try Self.read(malformed, exponent) }
        }
        var even = modulus
        even[255] &= 0xFE
        // 2²⁰⁴⁸ − 1 is a multiple of 3; the longest modulus that is looked at as well.
        for bad in [even, [UInt8](repeating: 0xFF, count: 256), [UInt8](repeating: 0xFF, count: 1024)] {
            #expect(throws: CryptographyError.inconsistentKey) { try Self.read(bad, exponent) }
        }
    }

    @Test("A private key does not print")
    func redaction() {
        var dumped = ""
        dump(Self.pss, to: &dumped)
        #expect("\(Self.pss)" == "<redacted>")
        #expect(dumped == "- <redacted> #0\n")
    }

    @Test("Many threads may use one key at once", arguments: [RSA.Padding.pss, .pkcs1])
    func threads(padding: RSA.Padding) async {
        let key = Self.key(padding)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for task in 0..<4 {
                group.addTask {
                    let message = [UInt8](repeating: UInt8(task), count: 50)
                    return (0..<20).count { _ in !key.publicKey.accepts(key.sign(message.span), for: message) }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
