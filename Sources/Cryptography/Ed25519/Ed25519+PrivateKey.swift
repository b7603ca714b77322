internal import COpenSSL

extension Ed25519 {
    /// The private half of a key pair. OpenSSL holds and wipes it; it never prints.
    package final class PrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
        private let handle: KeyHandle

        /// The other half.
        package let publicKey: PublicKey

        private init(adopting handle: consuming KeyHandle) throws(CryptographyError) {
            guard let point = handle.ed25519PublicKey() else { throw .wrongKeyType }
            publicKey = try PublicKey(point.span)
            self.handle = handle
        }

        /// A new pair from the system's generator.
        package static func generate() -> PrivateKey {
            var seed = randomBytes(keyBytes)
            defer { wipe(&seed) }
            guard let handle = KeyHandle.ed25519(seed: seed.span), let key = try? PrivateKey(adopting: handle) else {
                // As with `randomBytes(_:)`: nothing a caller could do instead is safe.
                preconditionFailure("the system's OpenSSL has no Ed25519")
            }
            return key
        }

        /// Takes a pair by its halves, exactly 32 bytes each (RFC 8037 §2). The caller wipes its own copy of `seed`.
        /// - Throws: `malformedKey` for other lengths, `inconsistentKey` where the halves do not belong together.
        package convenience init(
            seed: borrowing Span<UInt8>, publicKey: borrowing Span<UInt8>
        ) throws(CryptographyError) {
            guard seed.count == keyBytes, publicKey.count == keyBytes, let handle = KeyHandle.ed25519(seed: seed) else {
                throw .malformedKey
            }
            try self.init(adopting: handle)
            guard constantTimeEquals(self.publicKey.bytes.span, publicKey) else { throw .inconsistentKey }
        }

        /// Reads an unencrypted PKCS#8 `PrivateKeyInfo` in DER (RFC 8410 §7), which must fill the whole span.
        /// - Throws: `wrongKeyType` for anything but Ed25519.
        package convenience init(pkcs8 der: borrowing Span<UInt8>) throws(CryptographyError) {
            let handle = try KeyHandle(pkcs8: der)
            guard handle.isKind("ED25519") else { throw .wrongKeyType }
            try self.init(adopting: handle)
        }

        /// The pair as unencrypted PKCS#8 in DER; the caller wipes it.
        package func pkcs8() -> [UInt8] { handle.pkcs8() }

        /// R‖S over a message, 64 bytes; the same each time.
        package func sign(_ message: borrowing Span<UInt8>) -> [UInt8] {
            handle.signWhole(message: message, maximumBytes: signatureBytes)
        }

        /// Never the key.
        package var description: String { "<redacted>" }

        /// Keeps `dump` from the key as well.
        package var customMirror: Mirror { Mirror(self, children: []) }
    }
}
