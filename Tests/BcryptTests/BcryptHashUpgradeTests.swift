import Bcrypt
import Testing

@Suite("Hashes that should be replaced")
struct BcryptHashUpgradeTests {
    private static let rest = String(repeating: ".", count: 53)

    @Test(
        "A hash that knows 72 bytes proves the whole of a shorter password alone",
        arguments: [
            ("2a", 71, true), ("2a", 72, false), ("2y", 71, true), ("2y", 72, false), ("2y", 73, false),
            ("2b", 72, true),
        ])
    func provesWhole(scheme: String, length: Int, expected: Bool) throws {
        let hash = try BcryptHash(parsing: "$\(scheme)$10$" + Self.rest)
        let password = [UInt8](repeating: 1, count: length)
        let provesWhole = hash.provesWhole(password.span)
        #expect(provesWhole == expected)
    }

    @Test("A hash of the long scheme proves the whole of every password", arguments: [0, 72, 73, 1024])
    func provesWholeOfLong(length: Int) throws {
        let salt = String(repeating: ".", count: 22)
        let hash = try BcryptHash(parsing: "$bcrypt-sha256$v=2,t=2b,r=10$\(salt)$" + Self.rest.prefix(31))
        let password = [UInt8](repeating: 1, count: length)
        let provesWhole = hash.provesWhole(password.span)
        #expect(provesWhole)
    }
}
