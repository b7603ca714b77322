import Cryptography
import Foundation
import TestSupport
import Testing

@Suite("HMAC-SHA-256")
struct HMACSHA256Tests {
    @Test("RFC 4231's first two vectors come out, kept key or not")
    func publishedVectors() {
        let vectors = [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                [UInt8]("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
        ]
        for (key, message, expected) in vectors {
            let code = HMACSHA256(key: key.span).authenticationCode(for: message.utf8.span)
            #expect(array(code) == bytes(hexadecimal: expected))
            let once = SHA256.authenticationCode(key: key.span, message: message.utf8.span)
            #expect(array(once) == bytes(hexadecimal: expected))
        }
    }

    @Test(
        "The code is right for every length of key and message around a block",
        arguments: [0, 1, 31, 32, 63, 64, 65, 128])
    func lengths(count: Int) {
        let key = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let authenticator = HMACSHA256(key: key.span)
        for length in [0, 1, 55, 56, 63, 64, 65, 1000] {
            let message = [UInt8](repeating: 0xA5, count: length)
            let kept = authenticator.authenticationCode(for: message.span)
            let once = SHA256.authenticationCode(key: key.span, message: message.span)
            #expect(array(kept) == array(once), "\(length) bytes")
        }
    }

    @Test("Only the whole code is valid")
    func validity() {
        let authenticator = HMACSHA256(key: [UInt8](repeating: 1, count: 32).span)
        let message = [UInt8]("message".utf8)
        let code = authenticator.authenticationCode(for: message.span)
        let good = array(code)
        #expect(authenticator.accepts(good, for: message))
        for bit in 0..<256 {
            var other = good
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(!authenticator.accepts(other, for: message), "bit \(bit)")
        }
        for length in 0..<32 { #expect(!authenticator.accepts(good[..<length], for: message)) }
        #expect(!authenticator.accepts((good + [0]), for: message))
    }

    @Test("Many threads may use one key at once")
    func threads() async {
        let authenticator = HMACSHA256(key: [UInt8](repeating: 2, count: 32).span)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    let message = [UInt8](repeating: UInt8(task), count: 100 + task)
                    let expected = authenticator.authenticationCode(for: message.span)
                    return (0..<500).count { _ in !authenticator.accepts(array(expected), for: message) }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test("A key does not print")
    func redaction() {
        let key = HMACSHA256(key: [UInt8]("a secret of at least 32 bytes ...".utf8).span)
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "<redacted>")
        #expect(dumped == "- <redacted> #0\n")
    }

    struct Group: Decodable {
        struct Vector: Decodable {
            let tcId: Int
            let key: String
            let msg: String
            let tag: String
            let result: String
        }
        let tagSize: Int
        let tests: [Vector]
    }

    @Test("Wycheproof", .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence)))
    func wycheproof() throws {
        let file = try Wycheproof<Group>.read("hmac_sha256_test.json")
        var count = 0
        for group in file.testGroups {
            for vector in group.tests {
                count += 1
                let authenticator = HMACSHA256(key: bytes(hexadecimal: vector.key).span)
                let message = bytes(hexadecimal: vector.msg)
                let tag = bytes(hexadecimal: vector.tag)
                let code = authenticator.authenticationCode(for: message.span)
                let isEqual = (0..<group.tagSize / 8).map { code[$0] } == tag
                #expect(isEqual == (vector.result == "valid"), "tcId \(vector.tcId)")
                // A shortened code is good in itself, but we take only whole ones.
                let isWhole = group.tagSize == 256
                #expect(authenticator.accepts(tag, for: message) == (isWhole && isEqual), "tcId \(vector.tcId)")
            }
        }
        #expect(count == 174 && file.numberOfTests == 174)
    }
}
