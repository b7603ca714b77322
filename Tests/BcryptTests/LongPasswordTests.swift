import Bcrypt
import Foundation
import TestSupport
import Testing

@Suite("Long passwords and NUL")
struct LongPasswordTests {
    private struct File: Decodable {
        let vectors: [Vector]
    }

    private struct Vector: Decodable {
        let password_hex: String
        let hash: String
    }

    @Test("passlib's bcrypt-sha256 hashes verify, others' passwords do not")
    func passlib() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "TestVectors/bcrypt-sha256.json")
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
        #expect(file.vectors.count == 12)
        for vector in file.vectors {
            let hash = try BcryptHash(parsing: vector.hash)
            #expect(hash.description == vector.hash)
            var password = Samples.bytes(vector.password_hex)
            #expect(try Bcrypt.verify(password.span, against: hash), "\(vector)")
            if password.isEmpty { password = [0] } else { password[password.count - 1] ^= 1 }
            #expect(try !Bcrypt.verify(password.span, against: hash), "\(vector)")
        }
    }

    @Test(
        "The last byte counts at every length", .promise(3),
        arguments: [1, 2, 55, 56, 71, 72, 73, 74, 127, 128, 255, 256, 1023, 1024])
    func lastByte(length: Int) throws {
        var password = Samples.password(lengths: length...length)
        let hash = try Bcrypt.hash(password.span, cost: BcryptCost(insecure: 4))
        #expect(hash.scheme == (length <= 72 ? .bcrypt2b : .bcryptSHA256))
        #expect(try Bcrypt.verify(password.span, against: hash))
        password[length - 1] ^= 0x80
        #expect(try !Bcrypt.verify(password.span, against: hash))
        password[length - 1] ^= 0x80
        #expect(try !Bcrypt.verify(Array(password.dropLast()).span, against: hash))
        guard length < 1024 else { return }
        #expect(try !Bcrypt.verify((password + [1]).span, against: hash))
    }

    @Test("1,025 bytes are refused, not cut", .promise(4))
    func tooLong() throws {
        let password = [UInt8](repeating: 1, count: 1025)
        let cost = try BcryptCost(insecure: 4)
        #expect(throws: BcryptError.passwordTooLong(bytes: 1025)) { try Bcrypt.hash(password.span, cost: cost) }
        let hash = try Bcrypt.hash(Array(password.dropLast()).span, cost: cost)
        #expect(throws: BcryptError.passwordTooLong(bytes: 1025)) { try Bcrypt.verify(password.span, against: hash) }
    }

    @Test("The empty password is one like others")
    func empty() throws {
        let nothing: [UInt8] = []
        let hash = try Bcrypt.hash(nothing.span, cost: BcryptCost(insecure: 4))
        #expect(hash.scheme == .bcrypt2b)
        #expect(try Bcrypt.verify(nothing.span, against: hash))
        #expect(try !Bcrypt.verify([0].span, against: hash))
    }

    @Test(
        "A password with a NUL is not the part before it", .promise(8),
        arguments: ["abc\0def", "abc\0", "\0", "abc\0abc"])
    func nul(text: String) throws {
        let password = Array(text.utf8)
        let hash = try Bcrypt.hash(password.span, cost: BcryptCost(insecure: 4))
        #expect(hash.scheme == .bcryptSHA256)
        #expect(try Bcrypt.verify(password.span, against: hash))
        #expect(try !Bcrypt.verify(Array(password.prefix { $0 != 0 }).span, against: hash))
    }

    @Test("bcrypt repeats its key, yet p NUL p is not p", arguments: ["2a", "2b", "2y"], [0, 1, 3, 35, 36, 70, 71])
    func repetition(variant: String, length: Int) throws {
        let password = Samples.password(lengths: length...length)
        let text = try #require(Crypt.hash(password, setting: "$\(variant)$04$\(Samples.salt())"))
        let hash = try BcryptHash(parsing: text)
        #expect(try Bcrypt.verify(password.span, against: hash))
        let repeated = Array(repeatElement(password + [0], count: 73).joined())
        for extra in Set([1, length + 1, 71 - length, 72 - length, 73 - length, 100]) where extra > 0 {
            let longer = Array(repeated.prefix(length + extra))
            #expect(try !Bcrypt.verify(longer.span, against: hash), "\(extra) bytes more")
        }
    }

    @Test("Beyond 72 bytes $2a$ and $2y$ hashes know nothing, a $2b$ hash is of no such password")
    func foreign() throws {
        let password = Samples.password(lengths: 80...80)
        for (variant, isRight) in [("2a", true), ("2y", true), ("2b", false)] {
            let text = try #require(Crypt.hash(password, setting: "$\(variant)$04$\(Samples.salt())"))
            let hash = try BcryptHash(parsing: text)
            #expect(try Bcrypt.verify(password.span, against: hash) == isRight)
            #expect(try Bcrypt.verify(Array(password.prefix(72)).span, against: hash))
            #expect(try !Bcrypt.verify(Array(password.prefix(71)).span, against: hash))
        }
    }
}
