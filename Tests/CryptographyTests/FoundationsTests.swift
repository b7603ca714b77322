import Cryptography
import Glibc
import TestSupport
import Testing

@Suite("Digests, random bytes and secrets")
struct FoundationsTests {
    @Test(
        "SHA-256 gives FIPS 180-4's examples",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func digests(message: String, expected: String) {
        #expect(array(SHA256.digest(message.utf8.span)) == bytes(hexadecimal: expected))
    }

    private func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool { constantTimeEquals(left.span, right.span) }

    @Test("Equality needs the same bytes and the same length")
    func equality() {
        #expect(equal([], []))
        #expect(equal([1, 2, 3], [1, 2, 3]))
        #expect(!equal([1, 2, 3], [1, 2]))
        #expect(!equal([], [0]))
        for place in 0..<32 {
            var other = [UInt8](repeating: 0, count: 32)
            other[place] = 0x80
            #expect(!equal(other, [UInt8](repeating: 0, count: 32)))
        }
    }

    @Test("Where two texts differ does not change how long they are compared")
    func comparisonTime() {
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        var (first, last) = (zeros, zeros)
        first[0] = 1
        last[last.count - 1] = 1
        let (early, late) = (processorNanoseconds(first, zeros), processorNanoseconds(last, zeros))
        // One that stops at the difference takes a ten thousandth.
        #expect(early * 10 > late, "\(early) and \(late) ns")
    }

    /// The least of several comparisons of two different texts, of this thread alone.
    private func processorNanoseconds(_ left: [UInt8], _ right: [UInt8]) -> Int {
        func now() -> Int {
            var time = timespec()
            _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return time.tv_sec * 1_000_000_000 + time.tv_nsec
        }
        return (0..<5).reduce(.max) { least, _ in
            let begin = now()
            #expect(!equal(left, right))
            return min(least, now() - begin)
        }
    }

    @Test("Random bytes are as many as asked for, and others each time", arguments: [0, 1, 16, 32, 1000])
    func random(count: Int) {
        #expect(randomBytes(count).count == count)
        if count >= 16 { #expect(randomBytes(count) != randomBytes(count)) }
    }

    @Test("A million random numbers of 128 bits are all different", .promise(63))
    func distinct() {
        var seen = Set<SIMD2<UInt64>>(minimumCapacity: 1_000_000)
        for _ in 0..<1_000 {
            let bytes = randomBytes(16 * 1_000)
            unsafe bytes.withUnsafeBytes { bytes in
                for place in 0..<1_000 {
                    seen.insert(unsafe bytes.loadUnaligned(fromByteOffset: 16 * place, as: SIMD2<UInt64>.self))
                }
            }
        }
        #expect(seen.count == 1_000_000)
    }

    @Test("A secret lends its bytes, does not print, and does not change with the original")
    func secrets() {
        var original = [UInt8]("correct horse".utf8)
        let secret = SecretBytes(copying: original.span)
        wipe(&original)
        #expect(original == [UInt8](repeating: 0, count: 13))
        #expect(secret.count == 13)
        let lent = secret.withSpan { span in span.indices.map { span[$0] } }
        #expect(lent == Array("correct horse".utf8))
        var dumped = ""
        dump(secret, to: &dumped)
        #expect("\(secret)" == "<redacted>" && dumped == "- <redacted> #0\n")
    }

    @Test("An empty secret is one")
    func emptySecret() {
        var empty: [UInt8] = []
        wipe(&empty)
        let secret = SecretBytes(copying: empty.span)
        #expect(secret.withSpan { $0.count } == 0)
    }
}
