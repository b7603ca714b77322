import Cryptography
import Foundation
import TestSupport
import Testing

@Suite("ECDSA on P-256")
struct P256Tests {
    private static let order = bytes(hexadecimal: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
    private let message = [UInt8]("signing input".utf8)

    @Test("A signature is 64 bytes and valid for its message and key alone")
    func signing() {
        let key = P256.PrivateKey.generate()
        for _ in 0..<50 {
            let signature = key.sign(message.span)
            #expect(signature.count == 64)
            #expect(key.publicKey.accepts(signature, for: message))
            #expect(!key.publicKey.accepts(signature, for: Array("signing inpuT".utf8)))
            #expect(!P256.PrivateKey.generate().publicKey.accepts(signature, for: message))
        }
        #expect(key.sign(message.span) != key.sign(message.span))
    }

    @Test("A signature is 64 bytes even where r or s is a small number")
    func smallNumbers() {
        let key = P256.PrivateKey.generate()
        // One signature in 128 has an r or s of at most 31 bytes: 4,000 hold about thirty of them.
        var small = 0
        for _ in 0..<4000 where small < 3 {
            let signature = key.sign(message.span)
            guard signature[0] == 0 || signature[32] == 0 else { continue }
            small += 1
            #expect(signature.count == 64)
            #expect(key.publicKey.accepts(signature, for: message))
        }
        #expect(small == 3)
    }

    @Test("Every other length is refused, DER as well", .promise(44))
    func lengths() {
        let key = P256.PrivateKey.generate()
        let signature = key.sign(message.span)
        #expect(key.publicKey.accepts(signature, for: message))
        for count in [0, 1, 32, 63] { #expect(!key.publicKey.accepts(signature[..<count], for: message)) }
        #expect(!key.publicKey.accepts((signature + [0]), for: message))
        #expect(!key.publicKey.accepts(([0] + signature), for: message))
        func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] { [0x02, 33, 0] + bytes }
        let der = [0x30, 70] + integer(signature[..<32]) + integer(signature[32...])
        #expect(!key.publicKey.accepts(der, for: message))
    }

    @Test("Numbers outside 1 … n − 1 are refused", .promise(44))
    func range() {
        let key = P256.PrivateKey.generate()
        let signature = key.sign(message.span)
        let r = Array(signature[..<32])
        let s = Array(signature[32...])
        let zero = [UInt8](repeating: 0, count: 32)
        let full = [UInt8](repeating: 0xFF, count: 32)
        for number in [zero, Self.order, full] {
            #expect(!key.publicKey.accepts((number + s), for: message))
            #expect(!key.publicKey.accepts((r + number), for: message))
            #expect(!key.publicKey.accepts((number + number), for: message))
        }
    }

    @Test("A key pair survives PKCS#8")
    func export() throws {
        let key = P256.PrivateKey.generate()
        let der = key.pkcs8()
        let again = try P256.PrivateKey(pkcs8: der.span)
        #expect(again.pkcs8() == der)
        #expect(array(again.publicKey.x) == array(key.publicKey.x))
        #expect(array(again.publicKey.y) == array(key.publicKey.y))
        #expect(key.publicKey.accepts(again.sign(message.span), for: message))
    }

    @Test("PKCS#8 that is cut, lengthened or altered is refused")
    func brokenPKCS8() throws {
        let original = P256.PrivateKey.generate()
        let der = original.pkcs8()
        _ = try P256.PrivateKey(pkcs8: der.span)
        for count in 0..<der.count {
            #expect(throws: CryptographyError.malformedKey) { try P256.PrivateKey(pkcs8: Array(der[..<count]).span) }
        }
        #expect(throws: CryptographyError.malformedKey) { try P256.PrivateKey(pkcs8: (der + [0]).span) }
        for bit in 0..<der.count * 8 {
            var other = der
            other[bit / 8] ^= 1 << (bit % 8)
            // OpenSSL overlooks the version of the inner structure. What is read must at least be the same pair.
            guard let key = try? P256.PrivateKey(pkcs8: other.span) else { continue }
            #expect(array(key.publicKey.x) == array(original.publicKey.x), "bit \(bit)")
            #expect(original.publicKey.accepts(key.sign(message.span), for: message), "bit \(bit)")
        }
    }

    @Test("Keys of other kinds are refused", arguments: OtherKeys.all)
    func otherKeys(key: OtherKeys) {
        #expect(throws: key.error) { try P256.PrivateKey(pkcs8: bytes(hexadecimal: key.der).span) }
    }

    @Test("A public key is its coordinates")
    func coordinates() throws {
        let key = P256.PrivateKey.generate()
        let again = try P256.PublicKey(x: key.publicKey.x.span, y: key.publicKey.y.span)
        #expect(again.accepts(key.sign(message.span), for: message))
    }

    @Test("Coordinates off the curve or of another length are refused", .promise(47))
    func badCoordinates() throws {
        let key = P256.PrivateKey.generate().publicKey
        let x = array(key.x)
        let y = array(key.y)
        _ = try P256.PublicKey(x: x.span, y: y.span)
        var off = y
        off[31] ^= 1
        let zero = [UInt8](repeating: 0, count: 32)
        let full = [UInt8](repeating: 0xFF, count: 32)
        for (x, y) in [(x, off), (y, x), (zero, zero), (full, full), (x, full), (full, y)] {
            #expect(throws: CryptographyError.inconsistentKey) { try P256.PublicKey(x: x.span, y: y.span) }
        }
        for (x, y) in [([], []), (Array(x[1...]), y), ([0] + x, y), (x, y + [0]), (x, [])] {
            #expect(throws: CryptographyError.malformedKey) { try P256.PublicKey(x: x.span, y: y.span) }
        }
    }

    @Test("A private key does not print")
    func redaction() {
        let key = P256.PrivateKey.generate()
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "<redacted>")
        #expect(dumped == "- <redacted> #0\n")
    }

    @Test("Many threads may use one key at once")
    func threads() async {
        let key = P256.PrivateKey.generate()
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

    struct Group: Decodable {
        struct PublicKey: Decodable {
            let uncompressed: String
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

    @Test("Wycheproof", .promise(44), .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence)))
    func wycheproof() throws {
        let file = try Wycheproof<Group>.read("ecdsa_secp256r1_sha256_p1363_test.json")
        var count = 0
        for group in file.testGroups {
            let point = bytes(hexadecimal: group.publicKey.uncompressed)
            let key = try P256.PublicKey(x: point.span.extracting(1..<33), y: point.span.extracting(33..<65))
            for vector in group.tests {
                count += 1
                let isValid = key.accepts(
                    bytes(hexadecimal: vector.sig), for: bytes(hexadecimal: vector.msg))
                #expect(isValid == (vector.result == "valid"), "tcId \(vector.tcId)")
            }
        }
        #expect(count == 262 && file.numberOfTests == 262)
    }
}
