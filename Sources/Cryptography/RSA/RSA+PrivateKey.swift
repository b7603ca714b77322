internal import COpenSSL

extension RSA {
    /// The private half of a key pair, for one padding. OpenSSL holds and wipes it; it never prints.
    package final class PrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
        private let handle: KeyHandle

        /// The other half.
        package let publicKey: PublicKey

        private init(adopting handle: consuming KeyHandle, padding: Padding) throws(CryptographyError) {
            guard let modulus = handle.number(OSSL_PKEY_PARAM_RSA_N),
                let exponent = handle.number(OSSL_PKEY_PARAM_RSA_E)
            else { throw .wrongKeyType }
            publicKey = try PublicKey(modulus: modulus.span, exponent: exponent.span, padding: padding)
            self.handle = handle
        }

        /// A new pair of 2,048 bits from the system's generator: a tenth of a second, and at times several.
        package static func generate(_ padding: Padding) -> PrivateKey {
            guard let handle = KeyHandle.generateRSA(), let key = try? PrivateKey(adopting: handle, padding: padding)
            else {
                // As with `randomBytes(_:)`: nothing a caller could do instead is safe.
                preconditionFailure("the system's key generator failed")
            }
            return key
        }

        /// Takes a pair by its numbers. The caller wipes its own copy.
        /// - Throws: `malformedKey` for a public half with leading zeros, `weakKey`, `inconsistentKey` where the
        ///   numbers do not belong together.
        package convenience init(_ numbers: PrivateNumbers, padding: Padding) throws(CryptographyError) {
            // Sizes first: what follows takes longer the longer the numbers are.
            try requireStrength(modulus: numbers.n.span, exponent: numbers.e.span)
            guard numbers.n.first != 0, numbers.e.first != 0 else { throw .malformedKey }
            let handle = try RSA.lendPKCS8(numbers) { der throws(CryptographyError) in
                try KeyHandle.rsa(pkcs8: der)
            }
            try self.init(adopting: handle, padding: padding)
        }

        /// Reads an unencrypted PKCS#8 `PrivateKeyInfo` in DER (RFC 5208 §5), which must fill the whole span.
        /// - Throws: `wrongKeyType` for anything but `rsaEncryption` with two primes, `weakKey`, `inconsistentKey`
        ///   where the numbers do not belong together.
        package convenience init(pkcs8 der: borrowing Span<UInt8>, padding: Padding) throws(CryptographyError) {
            try self.init(adopting: try KeyHandle.rsa(pkcs8: der), padding: padding)
        }

        /// The pair as unencrypted PKCS#8 in DER; the caller wipes it.
        package func pkcs8() -> [UInt8] { handle.pkcs8() }

        /// A signature over the SHA-256 digest of a message, as long as the modulus.
        package func sign(_ message: borrowing Span<UInt8>) -> [UInt8] {
            let digest = SHA256.digest(message)
            return handle.sign(
                digest: digest.span, maximumBytes: publicKey.modulus.count, padding: publicKey.padding)
        }

        /// Never the key.
        package var description: String { "<redacted>" }

        /// Keeps `dump` from the key as well.
        package var customMirror: Mirror { Mirror(self, children: []) }
    }
}
