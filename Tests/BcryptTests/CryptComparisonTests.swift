import Bcrypt
import Testing

@Suite("Against crypt_r")
struct CryptComparisonTests {
    /// A debug build computes a hundredth as fast.
    #if DEBUG
        static let count = 30
    #else
        static let count = 1000
    #endif

    @Test("Random passwords, salts, costs and variants give crypt_r's hash", arguments: ["2a", "2b", "2y"])
    func random(variant: String) throws {
        for _ in 0..<Self.count {
            let password = Samples.password(lengths: 0...80)
            let setting = "$\(variant)$0\(Int.random(in: 4...6))$\(Samples.salt())"
            let expected = try #require(Crypt.hash(password, setting: setting))
            let hash = try BcryptHash(parsing: expected)
            #expect(hash.description == expected)
            let isKnown = password.count <= 72 || variant != "2b"
            #expect(try Bcrypt.verify(password.span, against: hash) == isKnown, "\(password) \(expected)")
        }
    }

    @Test("What we hash crypt_r computes alike")
    func hashed() throws {
        for _ in 0..<5 {
            let password = Samples.password(lengths: 0...72)
            let hash = try Bcrypt.hash(password.span, cost: BcryptCost(insecure: 4))
            #expect(Crypt.hash(password, setting: hash.description) == hash.description)
        }
    }
}
