import Foundation

/// What an access token says, which a test believes.
struct UnverifiedToken {
    let keyID: String
    let algorithm: String
    let sessionID: String
    let subject: String
    let roles: [String]
    let expiryUnixSeconds: Double

    init(_ token: String) throws {
        let parts = try token.split(separator: ".").prefix(2).map { part in
            let text = String(part).replacing("-", with: "+").replacing("_", with: "/")
            let padded = text + String(repeating: "=", count: (4 - text.count % 4) % 4)
            let value = try JSONSerialization.jsonObject(with: Data(base64Encoded: padded) ?? Data())
            return value as? [String: Any] ?? [:]
        }
        guard parts.count == 2, let keyID = parts[0]["kid"] as? String, let algorithm = parts[0]["alg"] as? String,
            let sessionID = parts[1]["sid"] as? String, let subject = parts[1]["sub"] as? String,
            let expiry = parts[1]["exp"] as? Double
        else { throw Site.Failure(description: "no access token") }
        self.keyID = keyID
        self.algorithm = algorithm
        self.sessionID = sessionID
        self.subject = subject
        roles = parts[1]["roles"] as? [String] ?? []
        expiryUnixSeconds = expiry
    }
}
