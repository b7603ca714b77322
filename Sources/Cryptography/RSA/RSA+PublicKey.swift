internal import COpenSSL

extension RSA {
    /// What signatures with one padding are verified with. Any number of threads may use one at once.
    package final class PublicKey: Sendable {
        private let handle: KeyHandle

        /// The one padding.
        package let padding: Padding
        /// n, big-endian, without leading zeros.
        package let modulus: [UInt8]
        /// e, big-endian, without leading zeros.
        package let exponent: [UInt8]

        /// Takes a key by its numbers, big-endian and without leading zeros (RFC 7518 §6.3.1).
        /// - Throws: `malformedKey` for empty numbers and leading zeros, `weakKey`, `inconsistentKey` for a modulus
        ///   that is a prime or has a small factor.
        package init(
            modulus: borrowing Span<UInt8>, exponent: borrowing Span<UInt8>, padding: Padding
        ) throws(CryptographyError) {
            guard !modulus.isEmpty, modulus[0] != 0, !exponent.isEmpty, exponent[0] != 0 else { throw .malformedKey }
            try requireStrength(modulus: modulus, exponent: exponent)
            guard let handle = KeyHandle.rsa(modulus: modulus, exponent: exponent), handle.isValidPublicKey else {
                throw .inconsistentKey
            }
            self.handle = handle
            self.padding = padding
            self.modulus = modulus.indices.map { modulus[$0] }
            self.exponent = exponent.indices.map { exponent[$0] }
        }

        /// Whether `signature`, exactly as long as the modulus, is right over the SHA-256 digest of the message.
        package func isValid(_ signature: borrowing Span<UInt8>, for message: borrowing Span<UInt8>) -> Bool {
            // OpenSSL would put back the leading zeros of a PSS signature.
            guard signature.count == modulus.count else { return false }
            let digest = SHA256.digest(message)
            return handle.verify(signature, digest: digest.span, padding: padding)
        }
    }
}
