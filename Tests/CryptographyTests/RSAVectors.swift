import Cryptography
import Foundation

/// Tests/TestVectors/rsa.json.
struct RSAVectors: Decodable {
    struct Key: Decodable {
        let name: String
        let error: String?
        let pkcs8: Data

        /// Why it is refused, if it is.
        var expected: CryptographyError? {
            switch error {
            case nil: nil
            case "weakKey": .weakKey
            default: .wrongKeyType
            }
        }
    }

    struct Signature: Decodable {
        let name: String
        let padding: String?
        let signature: Data
    }

    let message: String
    let keys: [Key]
    let signatures: [Signature]

    static let all: RSAVectors? = {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "TestVectors/rsa.json")
        return try? JSONDecoder().decode(RSAVectors.self, from: Data(contentsOf: url))
    }()
}
