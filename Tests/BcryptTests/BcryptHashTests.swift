import Bcrypt
import TestSupport
import Testing

@Suite("Hash strings")
struct BcryptHashTests {
    private static let plain = "$2b$10$abcdefghijklmnopqrstuuE5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
    private static let long =
        "$bcrypt-sha256$v=2,t=2b,r=10$abcdefghijklmnopqrstuu$E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"

    @Test(
        "A hash string is read and written back",
        arguments: [
            (plain, BcryptScheme.bcrypt2b, 10),
            (plain.replacing("2b", with: "2a"), .bcrypt2a, 10),
            (plain.replacing("2b", with: "2y"), .bcrypt2y, 10),
            (plain.replacing("$10$", with: "$04$"), .bcrypt2b, 4),
            (plain.replacing("$10$", with: "$31$"), .bcrypt2b, 31),
            (long, .bcryptSHA256, 10),
            (long.replacing("r=10", with: "r=4"), .bcryptSHA256, 4),
            (long.replacing("r=10", with: "r=31"), .bcryptSHA256, 31),
        ])
    func roundTrip(text: String, scheme: BcryptScheme, cost: Int) throws {
        let hash = try BcryptHash(parsing: text)
        #expect(hash.scheme == scheme)
        #expect(hash.cost == cost)
        #expect(hash.description == text)
    }

    @Test(
        "Another form is refused", .promise(13),
        arguments: [
            plain.replacing("2b", with: "2"), plain.replacing("2b", with: "2c"), plain.replacing("2b", with: "2B"),
            plain.replacing("$10$", with: "$3$"), plain.replacing("$10$", with: "$03$"),
            plain.replacing("$10$", with: "$32$"), plain.replacing("$10$", with: "$010$"),
            plain.replacing("$10$", with: "$+9$"), plain.replacing("$10$", with: "$1０$"),
            // Spare bits of the salt, then of the digest.
            plain.replacing("tuuE", with: "tuvE"), String(plain.dropLast()) + "X", String(plain.dropLast()) + "Y",
            // Base64's letters that bcrypt's does not have.
            plain.replacing("abc", with: "a+c"), plain.replacing("abc", with: "a=c"),
            plain.replacing("abc", with: "aéc"),
            plain + "\n", " " + plain, plain + "$", plain.replacing("uuE", with: "uu$E"),
            long.replacing("v=2", with: "v=1"), long.replacing("v=2", with: "v=3"), long.replacing("2b", with: "2a"),
            long.replacing("2b", with: "2y"), long.replacing("r=10", with: "r=04"), long.replacing("r=10", with: "r=3"),
            long.replacing("r=10", with: "r=32"), long.replacing("r=10", with: "r=010"),
            long.replacing("r=10", with: "r="), long.replacing("uu$", with: "uu"), long.replacing("uu$", with: "uv$"),
            long.replacing("v=2,", with: ""), String(long.dropLast()) + "X", long + ".", "", "$", "$2", "$2b", "$2b$",
        ])
    func malformed(text: String) {
        #expect(throws: BcryptError.malformedHash) { try BcryptHash(parsing: text) }
    }

    @Test("$2x$ has an error of its own", .promise(13))
    func unsupported() {
        #expect(throws: BcryptError.unsupportedScheme) {
            try BcryptHash(parsing: Self.plain.replacing("2b", with: "2x"))
        }
    }

    @Test("Cut at any byte, a hash string is refused", .promise(13), arguments: [plain, long])
    func cut(text: String) {
        for length in 0..<text.utf8.count {
            #expect(throws: BcryptError.malformedHash) { try BcryptHash(parsing: String(text.prefix(length))) }
        }
    }

    @Test("With any byte replaced, a hash string is refused or is another one", .promise(13), arguments: [plain, long])
    func replaced(text: String) {
        for position in text.utf8.indices {
            for byte in UInt8.min...127 where byte != text.utf8[position] {
                let offset = text.utf8.distance(from: text.startIndex, to: position)
                var bytes = Array(text.utf8)
                bytes[offset] = byte
                let altered = String(decoding: bytes, as: UTF8.self)
                do {
                    #expect(try BcryptHash(parsing: altered).description == altered)
                } catch {
                    #expect(error == .malformedHash || altered.hasPrefix("$2x$"))
                }
            }
        }
    }

    @Test(
        "What has been weakened or comes from elsewhere is upgraded",
        arguments: [
            (plain, 10, false), (plain, 11, true), (plain.replacing("$10$", with: "$12$"), 10, false),
            (plain.replacing("2b", with: "2a"), 10, true), (plain.replacing("2b", with: "2y"), 10, true),
            (long, 10, false), (long, 12, true),
        ])
    func upgrade(text: String, cost: Int, isNeeded: Bool) throws {
        #expect(try BcryptHash(parsing: text).needsUpgrade(to: BcryptCost(cost)) == isNeeded)
    }

    @Test("Only the insecure door leads below cost 10")
    func costs() throws {
        for value in [10, 16] { #expect(try BcryptCost(value).value == value) }
        for value in [-1, 0, 3, 4, 9, 17, 31, 64] {
            #expect(throws: BcryptError.costOutOfRange(value)) { try BcryptCost(value) }
        }
        for value in [4, 9, 10, 16] { #expect(try BcryptCost(insecure: value).value == value) }
        for value in [-1, 3, 17, 31] {
            #expect(throws: BcryptError.costOutOfRange(value)) { try BcryptCost(insecure: value) }
        }
    }
}
