import Glibc
import JSON
import JWT
import TestSupport
import Testing

/// What a token must look like before anything in it counts.
@Suite("The compact form")
struct CompactFormTests {
    @Test("A good token is accepted", arguments: SignatureAlgorithm.allCases)
    func control(algorithm: SignatureAlgorithm) throws {
        let forge = try Forge(algorithm)
        #expect(try forge.verify(forge.token).username == "vicky")
    }

    @Test("Every flipped bit is refused", .promise(43), arguments: SignatureAlgorithm.allCases)
    func flippedBits(algorithm: SignatureAlgorithm) throws {
        let forge = try Forge(algorithm)
        let token = Array(forge.token.utf8)
        let verifier = AccessTokenVerifier(
            keys: forge.keys, issuer: "urn:example:issuer", audience: "urn:example:audience", clock: { now })
        _ = try verifier.verify(token.span)
        var accepted: [Int] = []
        for bit in 0..<token.count * 8 {
            var other = token
            other[bit / 8] ^= 1 << (bit % 8)
            do throws(JWTError) {
                _ = try verifier.verify(other.span)
                accepted.append(bit)
            } catch {
                #expect(error.code != "")
            }
        }
        #expect(accepted == [])
    }

    @Test("A token that is cut anywhere is refused", arguments: SignatureAlgorithm.allCases)
    func cut(algorithm: SignatureAlgorithm) throws {
        let forge = try Forge(algorithm)
        let token = forge.token
        let dots = token.indices.filter { token[$0] == "." }
        for count in 0..<token.utf8.count {
            let end = token.index(token.startIndex, offsetBy: count)
            let part = String(token[..<end])
            if end <= dots[1] {
                #expect(throws: JWTError.notCompact) { try forge.verify(part) }
            } else {
                // A lone letter or unused bits at the end are no base64url; the rest is a signature of the wrong length.
                #expect { try forge.verify(part) } throws: {
                    ($0 as? JWTError) == .invalidSignature || ($0 as? JWTError) == .invalidBase64URL
                }
            }
        }
    }

    @Test("Only three parts of letters are a token", .promise(40))
    func shapes() throws {
        let forge = try Forge()
        let token = forge.token
        let parts = token.split(separator: ".").map(String.init)
        let shapes: [(String, JWTError)] = [
            ("", .notCompact), (".", .notCompact), ("..", .malformedHeader), ("...", .notCompact),
            ("....", .encryptedToken),
            (".....", .notCompact), (token + ".", .notCompact), ("." + token, .notCompact),
            (token + ".AAAA", .notCompact),
            (token + ".AAAA.AAAA", .encryptedToken), (parts[0] + "." + parts[1], .notCompact),
            ("." + parts[1] + "." + parts[2], .malformedHeader), (parts[0] + ".." + parts[2], .invalidSignature),
            (parts[0] + "." + parts[1] + ".", .invalidSignature), (" " + token, .invalidBase64URL),
            (token + " ", .invalidBase64URL), (token + "\n", .invalidBase64URL), (token + "\0", .invalidBase64URL),
            (token + "=", .invalidBase64URL), ("Bearer " + token, .invalidBase64URL),
            (token.replacing(".", with: "%2e"), .notCompact), (token.replacing(".", with: " . "), .invalidBase64URL),
            ("\u{FEFF}" + token, .invalidBase64URL), (token.replacing(".", with: "。"), .notCompact),
            (#"{"payload":"\#(parts[1])","protected":"\#(parts[0])","signature":"\#(parts[2])"}"#, .notCompact),
        ]
        for (shape, expected) in shapes {
            #expect(throws: expected, "\(shape)") { try forge.verify(shape) }
        }
        _ = try forge.verify(token)
    }

    @Test(
        "Standard base64 and padding are refused even where the signature is right", .promise(40, 42),
        arguments: ["+", "/", "="])
    func otherAlphabets(letter: String) throws {
        let forge = try Forge()
        let claims = encode(JSONValue.object(forge.claims).serialized())
        let header = encode(JSONValue.object(forge.header).serialized())
        _ = try forge.verify(forge.sign(input: header + "." + claims))
        #expect(throws: JWTError.invalidBase64URL) {
            try forge.verify(forge.sign(input: header + "." + claims + letter))
        }
        #expect(throws: JWTError.invalidBase64URL) {
            try forge.verify(forge.sign(input: header + letter + "." + claims))
        }
        #expect(throws: JWTError.invalidBase64URL) { try forge.verify(forge.token + letter) }
    }

    @Test("The last letter of each part has one spelling", .promise(42), arguments: SignatureAlgorithm.allCases)
    func lastLetters(algorithm: SignatureAlgorithm) throws {
        let forge = try Forge(algorithm)
        let parts = forge.token.split(separator: ".").map(String.init)
        _ = try forge.verify(parts.joined(separator: "."))
        for part in 0..<3 {
            for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
            where letter != parts[part].last {
                var others = parts
                others[part].removeLast()
                others[part].append(letter)
                #expect(throws: JWTError.self) { try forge.verify(others.joined(separator: ".")) }
            }
        }
    }

    @Test("4,096 bytes are read and one more is not, whatever they are", .promise(41))
    func size() throws {
        let forge = try Forge()
        var claims = forge.claims
        func token(_ padding: Int) -> String {
            claims["x"] = .string(String(repeating: "x", count: padding))
            return forge.sign(header: forge.header, claims: claims)
        }
        let padding = try #require((2000..<4096).first { token($0).utf8.count > 4096 })
        _ = try forge.verify(token(padding - 1))
        #expect(throws: JWTError.tokenTooLong) { try forge.verify(token(padding)) }
        for count in [4097, 8192, 1 << 20] {
            #expect(throws: JWTError.tokenTooLong) { try forge.verify(String(repeating: ".", count: count)) }
        }
        #expect(throws: JWTError.notCompact) { try forge.verify(String(repeating: ".", count: 4096)) }
        #expect(throws: JWTError.invalidBase64URL) { try forge.verify("a.b." + String(repeating: "c", count: 4092)) }
    }

    @Test("An oversized token costs no more than a short one", .promise(41))
    func oversized() throws {
        let forge = try Forge()
        let verifier = AccessTokenVerifier(
            keys: forge.keys, issuer: "urn:example:issuer", audience: "urn:example:audience", clock: { now })
        for count in [8 << 10, 1 << 20] {
            let token = [UInt8](repeating: UInt8(ascii: "."), count: count)
            // Of this thread alone, so that nothing else that runs counts. To look at each byte of a mebibyte takes longer.
            let begin = processorNanoseconds()
            for _ in 0..<100 { #expect(throws: JWTError.tokenTooLong) { try verifier.verify(token.span) } }
            let each = (processorNanoseconds() - begin) / 100
            #expect(each < 200_000, "\(count) bytes took \(each) ns")
        }
    }

    private func processorNanoseconds() -> Int {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
