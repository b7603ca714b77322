internal import COpenSSL

extension P256 {
    /// The private half of a key pair. OpenSSL holds and wipes it; it never prints.
    package final class PrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
        private let handle: KeyHandle

        /// The other half.
        package let publicKey: PublicKey

        private init(adopting handle: consuming KeyHandle) throws(CryptographyError) {
            let coordinates = try handle.p256Coordinates()
            publicKey = try PublicKey(x: coordinates.x.span, y: coordinates.y.span)
            self.handle = handle
        }

        /// A new pair from the system's generator.
        package static func generate() -> PrivateKey {
            guard let handle = KeyHandle.generateP256(), let key = try? PrivateKey(adopting: handle) else {
                // As with `randomBytes(_:)`: nothing a caller could do instead is safe.
                preconditionFailure("the system's key generator failed")
            }
            return key
        }

        /// Reads an unencrypted PKCS#8 `PrivateKeyInfo` in DER (RFC 5208 §5), which must fill the whole span.
        /// - Throws: `wrongKeyType` for anything but P-256 as a named curve, `inconsistentKey` where the parts do not belong
        ///   together.
        package convenience init(pkcs8 der: borrowing Span<UInt8>) throws(CryptographyError) {
            try self.init(adopting: try KeyHandle.p256(pkcs8: der))
        }

        /// Takes a pair by its numbers, exactly 32 bytes each (RFC 7518 §6.2). The caller wipes its own copy of `scalar`.
        /// - Throws: `malformedKey` for other lengths, `inconsistentKey` where the parts do not belong together.
        package convenience init(
            scalar: borrowing Span<UInt8>, x: borrowing Span<UInt8>, y: borrowing Span<UInt8>
        ) throws(CryptographyError) {
            guard scalar.count == scalarBytes, x.count == scalarBytes, y.count == scalarBytes else {
                throw .malformedKey
            }
            guard isValidScalar(scalar) else { throw .inconsistentKey }
            let handle = try P256.lendPKCS8(scalar: scalar, x: x, y: y) { der throws(CryptographyError) in
                try KeyHandle.p256(pkcs8: der)
            }
            try self.init(adopting: handle)
        }

        /// The pair as unencrypted PKCS#8 in DER; the caller wipes it.
        package func pkcs8() -> [UInt8] { handle.pkcs8() }

        /// r‖s over the SHA-256 digest of a message, 64 bytes; another one each time.
        package func sign(_ message: borrowing Span<UInt8>) -> [UInt8] {
            let digest = SHA256.digest(message)
            let der = handle.sign(digest: digest.span, maximumBytes: 72)
            guard let signature = decodeDER(der.span) else { preconditionFailure("ECDSA failed") }
            return signature
        }

        /// Never the key.
        package var description: String { "<redacted>" }

        /// Keeps `dump` from the key as well.
        package var customMirror: Mirror { Mirror(self, children: []) }
    }
}
