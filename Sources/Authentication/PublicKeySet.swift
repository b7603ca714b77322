internal import Cryptography
internal import JWT

/// The JWK Set that is published (RFC 7517 §5), and its validator.
package struct PublicKeySet: Sendable, Equatable {
    /// JSON; an empty set where tokens are verified with a secret.
    package let bytes: [UInt8]

    /// With its quotes (RFC 9110 §8.8.3); the same in every process.
    package let entityTag: String

    init(_ keys: KeySet) {
        let bytes = keys.publicJWKSet()
        let digest = SHA256.digest(bytes.span)
        self.bytes = bytes
        entityTag = "\"\(Base64URL.encode(digest.span.extracting(first: 12)))\""
    }
}
