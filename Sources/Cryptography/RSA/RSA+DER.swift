extension RSA {
    /// `AlgorithmIdentifier` of a key for every padding: rsaEncryption, NULL (RFC 8017 §A.1).
    static let algorithmIdentifier: [UInt8] = [
        0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
    ]

    /// `RSAPublicKey` (RFC 8017 §A.1.1) in `SubjectPublicKeyInfo` (RFC 5280 §4.1).
    static func lendSubjectPublicKeyInfo<Result>(
        modulus: borrowing Span<UInt8>, exponent: borrowing Span<UInt8>, to body: (borrowing Span<UInt8>) -> Result
    ) -> Result {
        DERWriter.lend(
            capacity: modulus.count + exponent.count + 64,
            { writer in
                let end = writer.mark
                writer.integer(exponent)
                writer.integer(modulus)
                writer.close(DERWriter.sequence, end)
                writer.bytes([0x00])  // no unused bits
                writer.close(DERWriter.bitString, end)
                writer.bytes(algorithmIdentifier)
                writer.close(DERWriter.sequence, end)
            }, to: body)
    }

    /// `RSAPrivateKey` (RFC 8017 §A.1.2) in PKCS#8.
    static func lendPKCS8<Result: ~Copyable, Failure>(
        _ numbers: PrivateNumbers, to body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let members = [
            numbers.n, numbers.e, numbers.d, numbers.p, numbers.q, numbers.dP, numbers.dQ, numbers.qInv,
        ]
        return try PKCS8.lend(
            algorithm: algorithmIdentifier, capacity: members.reduce(64) { $0 + $1.count + 8 },
            key: { writer in
                let end = writer.mark
                for member in members.reversed() { writer.integer(member.span) }
                writer.integer(0)  // version: two primes
                writer.close(DERWriter.sequence, end)
            }, to: body)
    }
}
