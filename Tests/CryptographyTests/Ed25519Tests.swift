import Cryptography
import Foundation
import TestSupport
import Testing

@Suite("EdDSA with Ed25519")
struct Ed25519Tests {
    private let message = [UInt8]("signing input".utf8)

    /// L, the order of the group, little-endian (RFC 8032 §5.1).
    private static let order = bytes(hexadecimal: "edd3f55c1a631258d69cf7a2def9de14") + zeros(15) + [0x10]

    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    /// 2²⁵⁵ − 19 and the numbers around it, little-endian.
    private static func prime(plus offset: Int) -> [UInt8] {
        [UInt8(0xED + offset)] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
    }

    private static func read(_ bytes: [UInt8]) throws(CryptographyError) -> Ed25519.PublicKey {
        try Ed25519.PublicKey(bytes.span)
    }

    @Test("RFC 8032's second test comes out (§7.1)")
    func published() throws {
        let seed = bytes(hexadecimal: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        let point = bytes(hexadecimal: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        let key = try Ed25519.PrivateKey(seed: seed.span, publicKey: point.span)
        let signature = key.sign([0x72].span)
        #expect(
            signature
                == bytes(
                    hexadecimal: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))
        #expect(key.publicKey.accepts(signature, for: [0x72]))
    }

    @Test("A signature is 64 bytes and valid for its message and key alone")
    func signing() {
        let key = Ed25519.PrivateKey.generate()
        let signature = key.sign(message.span)
        #expect(signature.count == 64 && key.sign(message.span) == signature)
        #expect(key.publicKey.accepts(signature, for: message))
        #expect(!key.publicKey.accepts(signature, for: Array("signing inpuT".utf8)))
        #expect(!Ed25519.PrivateKey.generate().publicKey.accepts(signature, for: message))
        #expect(key.publicKey.accepts(key.sign([UInt8]().span), for: []))
    }

    @Test("Every other length and every flipped bit is refused")
    func altered() {
        let key = Ed25519.PrivateKey.generate()
        let signature = key.sign(message.span)
        #expect(key.publicKey.accepts(signature, for: message))
        for count in 0..<64 { #expect(!key.publicKey.accepts(signature[..<count], for: message)) }
        #expect(!key.publicKey.accepts(signature + [0], for: message))
        #expect(!key.publicKey.accepts([0] + signature, for: message))
        for bit in 0..<512 {
            var other = signature
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.publicKey.accepts(other, for: message), "bit \(bit)")
        }
    }

    @Test("S from the group's order on is refused, though it is the same number", .promise(46))
    func malleability() {
        let key = Ed25519.PrivateKey.generate()
        var signature = key.sign(message.span)
        #expect(key.publicKey.accepts(signature, for: message))
        for _ in 0..<15 {
            var carry = 0
            for index in 0..<32 {
                let sum = Int(signature[32 + index]) + Int(Self.order[index]) + carry
                signature[32 + index] = UInt8(truncatingIfNeeded: sum)
                carry = sum >> 8
            }
            guard carry == 0 else { break }
            #expect(!key.publicKey.accepts(signature, for: message))
        }
    }

    @Test("A key pair survives PKCS#8 and its halves")
    func export() throws {
        let key = Ed25519.PrivateKey.generate()
        let der = key.pkcs8()
        #expect(der.count == 48)
        let again = try Ed25519.PrivateKey(pkcs8: der.span)
        #expect(again.pkcs8() == der)
        #expect(array(again.publicKey.bytes) == array(key.publicKey.bytes))
        let halves = try Ed25519.PrivateKey(seed: Array(der[16...]).span, publicKey: key.publicKey.bytes.span)
        #expect(halves.sign(message.span) == key.sign(message.span))
    }

    @Test("PKCS#8 that is cut or lengthened is refused")
    func brokenPKCS8() throws {
        let der = Ed25519.PrivateKey.generate().pkcs8()
        _ = try Ed25519.PrivateKey(pkcs8: der.span)
        for count in 0..<der.count {
            #expect(throws: CryptographyError.malformedKey) {
                try Ed25519.PrivateKey(pkcs8: Array(der[..<count]).span)
            }
        }
        #expect(throws: CryptographyError.malformedKey) { try Ed25519.PrivateKey(pkcs8: (der + [0]).span) }
    }

    @Test("Keys of other kinds are refused", arguments: OtherKeys.all)
    func otherKeys(key: OtherKeys) throws {
        let der = bytes(hexadecimal: key.der)
        if key.testDescription == "An Ed25519 key" {
            _ = try Ed25519.PrivateKey(pkcs8: der.span)
        } else {
            #expect(throws: key.error) { try Ed25519.PrivateKey(pkcs8: der.span) }
        }
    }

    @Test("Halves of other lengths or of two pairs are refused")
    func halves() throws {
        let key = Ed25519.PrivateKey.generate()
        let seed = Array(key.pkcs8()[16...])
        let point = array(key.publicKey.bytes)
        let other = array(Ed25519.PrivateKey.generate().publicKey.bytes)
        _ = try Ed25519.PrivateKey(seed: seed.span, publicKey: point.span)
        #expect(throws: CryptographyError.inconsistentKey) {
            try Ed25519.PrivateKey(seed: seed.span, publicKey: other.span)
        }
        for (seed, point) in [
            ([], point), (seed, []), (seed + [0], point), (Array(seed[1...]), point), (seed, point + [0]),
        ] {
            #expect(throws: CryptographyError.malformedKey) {
                try Ed25519.PrivateKey(seed: seed.span, publicKey: point.span)
            }
        }
    }

    @Test("A public key is one spelling of a point that is not of small order", .promise(46))
    func points() throws {
        for _ in 0..<20 { _ = try Self.read(array(Ed25519.PrivateKey.generate().publicKey.bytes)) }
        var base = [UInt8](repeating: 0x66, count: 32)
        base[0] = 0x58
        _ = try Self.read(base)

        // Orders 1, 2, 4 and 8, with either sign of x (RFC 8032 §5.1.3 refuses x = 0 with the sign set).
        let eighth = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
        let other = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
        let one = [1] + Self.zeros(31)
        for point in [one, Self.prime(plus: -1), Self.zeros(32), bytes(hexadecimal: eighth), bytes(hexadecimal: other)]
        {
            var negative = point
            negative[31] |= 0x80
            #expect(throws: CryptographyError.inconsistentKey) { try Self.read(point) }
            #expect(throws: CryptographyError.inconsistentKey) { try Self.read(negative) }
        }
        // A second spelling of y, be it of a point or not.
        for offset in 0..<18 {
            #expect(throws: CryptographyError.inconsistentKey) { try Self.read(Self.prime(plus: offset)) }
        }
        #expect(throws: CryptographyError.inconsistentKey) { try Self.read([UInt8](repeating: 0xFF, count: 32)) }
        for count in [0, 31, 33, 64] {
            #expect(throws: CryptographyError.malformedKey) { try Self.read(Array((base + base + base)[..<count])) }
        }
    }

    /// A bit for each first byte, made with Python's integers: whether (y² − 1) ∕ (d·y² + 1) to the power of (p − 1) ∕ 2 is
    /// 1, for y = 768 + byte.
    private static let onTheCurve = "0463dcca5ef9333927ad89f09e689aa54e509653a06fa6a8d35889d186b6f065"

    @Test("Half of all numbers are the y of no point")
    func offTheCurve() {
        let expected = bytes(hexadecimal: Self.onTheCurve)
        for first in 0..<256 {
            let isExpected = expected[first / 8] >> (first % 8) & 1 == 1
            let point = [UInt8(first), 3] + Self.zeros(30)
            do throws(CryptographyError) {
                _ = try Self.read(point)
                #expect(isExpected, "\(first)")
            } catch {
                #expect(error == .inconsistentKey && !isExpected, "\(first)")
            }
        }
    }

    @Test("A private key does not print")
    func redaction() {
        let key = Ed25519.PrivateKey.generate()
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "<redacted>")
        #expect(dumped == "- <redacted> #0\n")
    }

    @Test("Many threads may use one key at once")
    func threads() async {
        let key = Ed25519.PrivateKey.generate()
        let wrong = await withTaskGroup(of: Int.self) { group in
            for task in 0..<4 {
                group.addTask {
                    let message = [UInt8](repeating: UInt8(task), count: 50)
                    return (0..<50).count { _ in !key.publicKey.accepts(key.sign(message.span), for: message) }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
