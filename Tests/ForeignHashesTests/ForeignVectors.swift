import Foundation

/// Hashes that other programs made (Tests/TestVectors/README.md), without those of bcrypt.
struct ForeignVector: Decodable {
    let name: String
    let password: String
    let passwordHash: String

    static func all() throws -> [ForeignVector] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "TestVectors/foreign-hashes.ndjson")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .map { try decoder.decode(ForeignVector.self, from: Data($0.utf8)) }
            .filter { !$0.passwordHash.hasPrefix("$2") && !$0.passwordHash.hasPrefix("$bcrypt") }
    }
}
