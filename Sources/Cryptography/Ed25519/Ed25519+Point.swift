internal import COpenSSL

extension Ed25519 {
    /// Whether bytes are the one spelling of a point on the curve whose order is not small.
    ///
    /// OpenSSL takes any 32 bytes for a public key. A y beyond the field's prime would give one key two spellings, and so two
    /// thumbprints (RFC 8032 §5.1.3 refuses it); under a point of order 1, 2, 4 or 8 one signature is right for many messages.
    static func isSoundPoint(_ encoded: borrowing Span<UInt8>) -> Bool {
        guard encoded.count == keyBytes else { return false }
        // Little-endian; the highest bit is the sign of x.
        var bytes = encoded.indices.map { encoded[$0] }
        bytes[keyBytes - 1] &= 0x7F
        let field = FieldCalculator()
        guard let y = field.element(littleEndian: bytes.span) else { return false }
        let ySquared = field.multiply(y, y)

        // −x² + y² = 1 + d·x²·y² with d = −121665 ∕ 121666: x² is a fraction, and a square where the product of its halves is.
        let numerator = field.multiply(field.element(121_666), field.subtract(ySquared, field.element(1)))
        let denominator = field.subtract(field.element(121_666), field.multiply(field.element(121_665), ySquared))
        // Zero, too, is refused: x = 0 is the point of order 1 or 2.
        guard field.isSquareAndNotZero(field.multiply(numerator, denominator)) else { return false }

        // Order 4: y = 0. Order 8: twice the point has y = 0, which is y² = −x², and so d·y⁴ + 2·y² = 1.
        let doubled = field.subtract(
            field.multiply(field.element(243_332), ySquared),
            field.multiply(field.element(121_665), field.multiply(ySquared, ySquared)))
        return !field.isZero(y) && !field.isZero(field.subtract(doubled, field.element(121_666)))
    }
}
