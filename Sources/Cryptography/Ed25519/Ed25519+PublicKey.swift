internal import COpenSSL

extension Ed25519 {
    /// A point of the curve that signatures are verified with. Any number of threads may use one at once.
    package final class PublicKey: Sendable {
        private let handle: KeyHandle

        /// The point's spelling of RFC 8032 §5.1.2.
        package let bytes: [32 of UInt8]

        /// Takes a point's spelling, exactly 32 bytes (RFC 8037 §2).
        /// - Throws: `malformedKey` for another length, `inconsistentKey` for bytes that are no point, a second
        ///   spelling of one, or a point of small order.
        package init(_ bytes: borrowing Span<UInt8>) throws(CryptographyError) {
            guard bytes.count == keyBytes else { throw .malformedKey }
            guard isSoundPoint(bytes), let handle = KeyHandle.ed25519(publicKey: bytes) else { throw .inconsistentKey }
            self.handle = handle
            var copy = [32 of UInt8](repeating: 0)
            for index in bytes.indices { copy[index] = bytes[index] }
            self.bytes = copy
        }

        /// Whether `signature` is R‖S over the message under this key's private half (RFC 8032 §5.1.7, without the cofactor).
        ///
        /// `false` for every other length, for S from the group's order on, and for a second spelling of R.
        package func isValid(_ signature: borrowing Span<UInt8>, for message: borrowing Span<UInt8>) -> Bool {
            guard signature.count == signatureBytes else { return false }
            return handle.verifyWhole(signature, message: message)
        }
    }
}
