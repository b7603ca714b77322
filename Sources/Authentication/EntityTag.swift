internal import Cryptography
internal import JWT

/// Names a document by its bytes (RFC 9110 §8.8.3).
package enum EntityTag {
    /// With its quotes.
    package static func of(_ bytes: [UInt8]) -> String {
        let digest = SHA256.digest(bytes.span)
        return "\"\(Base64URL.encode(digest.span.extracting(first: 12)))\""
    }
}
