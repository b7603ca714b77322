internal import COpenSSL

extension P256 {
    /// A point of the curve that signatures are verified with. Any number of threads may use one at once.
    package final class PublicKey: Sendable {
        private let handle: KeyHandle

        /// The coordinates, big-endian.
        package let x: [32 of UInt8]
        /// The coordinates, big-endian.
        package let y: [32 of UInt8]

        /// Takes a point by its coordinates, exactly 32 bytes each (RFC 7518 §6.2.1.2).
        /// - Throws: `malformedKey` for other lengths, `inconsistentKey` for a point that is not on the curve.
        package init(x: borrowing Span<UInt8>, y: borrowing Span<UInt8>) throws(CryptographyError) {
            guard x.count == scalarBytes, y.count == scalarBytes else { throw .malformedKey }
            var point: [UInt8] = [0x04]  // uncompressed, SEC 1 §2.3.3
            for index in x.indices { point.append(x[index]) }
            for index in y.indices { point.append(y[index]) }
            guard let handle = KeyHandle.p256(point: point.span) else { throw .inconsistentKey }
            self.handle = handle
            self.x = [32 of UInt8] { point[1 + $0] }
            self.y = [32 of UInt8] { point[33 + $0] }
        }

        /// Whether `signature` is r‖s over the SHA-256 digest of the message under this key's private half.
        ///
        /// `false` for every other length and for numbers out of range, before any arithmetic.
        package func isValid(_ signature: borrowing Span<UInt8>, for message: borrowing Span<UInt8>) -> Bool {
            guard let der = encodeDER(signature) else { return false }
            let digest = SHA256.digest(message)
            return handle.verify(der.span, digest: digest.span)
        }
    }
}
