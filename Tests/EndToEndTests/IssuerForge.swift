import Cryptography
import Foundation

/// Makes tokens with a key of the instance's own that it would never make.
struct IssuerForge {
    private let key: P256.PrivateKey
    private let header: [String: Any]
    private let claims: [String: Any]

    /// - Parameter token: a good one, from which all others differ in one thing.
    init(_ site: Site, like token: String) throws {
        let keyID = try UnverifiedToken(token).keyID
        let pem = try site.run("key", "export", keyID, "--private").output
        let base64 = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        key = try P256.PrivateKey(pkcs8: [UInt8](Data(base64Encoded: base64) ?? Data()).span)
        let parts = try token.split(separator: ".").prefix(2).map { part in
            try JSONSerialization.jsonObject(with: Self.decode(part)) as? [String: Any] ?? [:]
        }
        (header, claims) = (parts[0], parts[1])
    }

    /// A token with a rightful signature and other parameters or claims; nil leaves one away.
    func token(header changes: [String: Any?] = [:], claims others: [String: Any?] = [:]) throws -> String {
        let input = try [(header, changes), (claims, others)].map { object, changes in
            var object = object
            for (name, value) in changes { object[name] = value }
            return Self.encode(try JSONSerialization.data(withJSONObject: object))
        }.joined(separator: ".")
        return input + "." + Self.encode(Data(key.sign(input.utf8.span)))
    }

    private static func encode(_ bytes: Data) -> String {
        bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func decode(_ text: Substring) -> Data {
        let padded = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: padded + String(repeating: "=", count: (4 - text.count % 4) % 4)) ?? Data()
    }
}
