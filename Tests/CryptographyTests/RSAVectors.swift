import Cryptography
import Foundation

/// Tests/TestVectors/rsa.json.
struct RSAVectors: Decodable {
    struct Key: Decodable {
        let name: String
        let error: String?
        let pkcs8: String

        /// PKCS#8 in DER.
        var der: [UInt8] { RSAVectors.decode(pkcs8) }

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
        let signature: String

        var bytes: [UInt8] { RSAVectors.decode(signature) }
    }

    let message: String
    let keys: [Key]
    let signatures: [Signature]

    static let all: RSAVectors? = {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "TestVectors/rsa.json")
        return try? JSONDecoder().decode(RSAVectors.self, from: Data(contentsOf: url))
    }()

    private static func decode(_ text: String) -> [UInt8] { [UInt8](Data(base64Encoded: text) ?? Data()) }
}
