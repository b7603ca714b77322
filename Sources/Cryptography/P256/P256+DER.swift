extension P256 {
    /// `Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }` (RFC 3279 §2.2.3): the form that EVP reads.
    ///
    /// `nil` unless the signature is exactly 64 bytes and both numbers are from 1 to n − 1. OpenSSL checks the numbers again; other
    /// libraries have forgotten to (CVE-2022-21449).
    static func encodeDER(_ signature: borrowing Span<UInt8>) -> [UInt8]? {
        guard signature.count == signatureBytes else { return nil }
        let r = signature.extracting(0..<scalarBytes)
        let s = signature.extracting(scalarBytes..<signatureBytes)
        guard isValidScalar(r), isValidScalar(s) else { return nil }
        var der: [UInt8] = [0x30, 0]
        der.reserveCapacity(2 + 2 * (3 + scalarBytes))
        appendInteger(r, to: &der)
        appendInteger(s, to: &der)
        der[1] = UInt8(der.count - 2)
        return der
    }

    /// Reads what OpenSSL has just written; `nil` for anything else.
    static func decodeDER(_ der: borrowing Span<UInt8>) -> [UInt8]? {
        guard der.count >= 2, der[0] == 0x30, Int(der[1]) == der.count - 2 else { return nil }
        var signature: [UInt8] = []
        signature.reserveCapacity(signatureBytes)
        var offset = 2
        for _ in 0..<2 {
            guard offset + 2 <= der.count, der[offset] == 0x02 else { return nil }
            var start = offset + 2
            offset = start + Int(der[start - 1])
            guard offset <= der.count else { return nil }
            while start < offset, der[start] == 0 { start += 1 }
            guard offset - start <= scalarBytes else { return nil }
            for _ in 0..<scalarBytes - (offset - start) { signature.append(0) }
            for index in start..<offset { signature.append(der[index]) }
        }
        return offset == der.count ? signature : nil
    }

    /// The shortest two's complement form: no leading zeros but the one that keeps the number positive.
    private static func appendInteger(_ scalar: borrowing Span<UInt8>, to der: inout [UInt8]) {
        var start = 0
        while start < scalar.count - 1, scalar[start] == 0 { start += 1 }
        let needsZero = scalar[start] >= 0x80
        der.append(0x02)
        der.append(UInt8(scalar.count - start + (needsZero ? 1 : 0)))
        if needsZero { der.append(0) }
        for index in start..<scalar.count { der.append(scalar[index]) }
    }
}
