internal import JWT

/// The JWK Set that is published (RFC 7517 §5), and its validator.
package struct PublicKeySet: Sendable, Equatable {
    /// JSON; an empty set where tokens are verified with a secret.
    package let bytes: [UInt8]

    /// The same in every process.
    package let entityTag: String

    init(_ keys: KeySet) {
        bytes = keys.publicJWKSet()
        entityTag = EntityTag.of(bytes)
    }
}
