import Bcrypt
import Foundation
import TestSupport
import Testing

@Suite("Foreign vectors", .enabled(if: Corpora.isPresent, Comment(rawValue: Corpora.absence)))
struct ForeignVectorTests {
    private struct File: Decodable {
        let vectors: [Vector]
        let invalid_hashes: [Invalid]
        let length_cases: [LengthCase]
        let nul_cases: NULCases
    }

    private struct Vector: Decodable {
        let password_hex: String
        let setting: String
        let expected: String
    }

    private struct Invalid: Decodable {
        let hash: String
        let why: String
    }

    private struct LengthCase: Decodable {
        let password_hex: String
        let accept: Bool
    }

    private struct NULCases: Decodable {
        let hashed_hex: String
        let must_not_match_hex: [String]
    }

    private let file: File

    init() throws {
        file = try JSONDecoder().decode(File.self, from: Data(try Corpora.bytes("bcrypt/bcrypt_vectors.json")))
    }

    /// A debug build takes minutes for the dear ones.
    #if DEBUG
        private static let costs = 4...6
    #else
        private static let costs = 4...12
    #endif

    @Test("Each vector verifies, and its password with one more byte does not", .promise(13))
    func vectors() throws {
        var verified = 0
        for vector in file.vectors where vector.expected.hasPrefix("$2") && !vector.setting.hasPrefix("$2x$") {
            let hash = try BcryptHash(parsing: vector.expected)
            #expect(hash.description == vector.expected)
            guard Self.costs.contains(hash.cost) else { continue }
            var password = Samples.bytes(vector.password_hex)
            #expect(try Bcrypt.verify(password.span, against: hash), "\(vector)")
            verified += 1
            guard password.count < 72 else { continue }
            password.append(UInt8(ascii: "x"))
            #expect(try !Bcrypt.verify(password.span, against: hash), "\(vector)")
        }
        #expect(verified >= 52)
    }

    @Test("$2x$ and settings that gave an error are refused", .promise(13))
    func refused() throws {
        var counts: [BcryptError: Int] = [:]
        for vector in file.vectors where !vector.expected.hasPrefix("$2") || vector.setting.hasPrefix("$2x$") {
            let error = vector.setting.hasPrefix("$2x$") ? BcryptError.unsupportedScheme : .malformedHash
            #expect(throws: error) { try BcryptHash(parsing: vector.expected) }
            #expect(throws: error) { try BcryptHash(parsing: vector.setting + String(repeating: ".", count: 31)) }
            counts[error, default: 0] += 1
        }
        #expect(counts == [.unsupportedScheme: 8, .malformedHash: 7])
    }

    @Test("Invalid hash strings are refused", .promise(13))
    func invalid() throws {
        for invalid in file.invalid_hashes {
            #expect(throws: BcryptError.malformedHash, "\(invalid.why)") { try BcryptHash(parsing: invalid.hash) }
        }
    }

    @Test("A NUL and what follows it count")
    func nul() throws {
        let hash = try Bcrypt.hash(Samples.bytes(file.nul_cases.hashed_hex).span, cost: BcryptCost(insecure: 4))
        #expect(try Bcrypt.verify(Samples.bytes(file.nul_cases.hashed_hex).span, against: hash))
        for other in file.nul_cases.must_not_match_hex {
            #expect(try !Bcrypt.verify(Samples.bytes(other).span, against: hash), "\(other)")
        }
    }

    @Test("Passwords that others refuse for their length are taken whole")
    func lengths() throws {
        for length in file.length_cases {
            let hash = try Bcrypt.hash(Samples.bytes(length.password_hex).span, cost: BcryptCost(insecure: 4))
            #expect(hash.scheme == (length.accept ? .bcrypt2b : .bcryptSHA256))
            #expect(try Bcrypt.verify(Samples.bytes(length.password_hex).span, against: hash))
            #expect(try !Bcrypt.verify(Array(Samples.bytes(length.password_hex).dropLast()).span, against: hash))
        }
    }
}
