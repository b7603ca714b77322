/// EdDSA on the curve edwards25519 (RFC 8032 §5.1, FIPS 186-5 §7), without context and without a digest beforehand.
package enum Ed25519 {
    /// How long a signature is, in bytes: R and S.
    package static let signatureBytes = 64

    /// How long a key of either kind is, in bytes.
    package static let keyBytes = 32
}
