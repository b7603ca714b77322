extension P256 {
    /// `AlgorithmIdentifier` of a key on the named curve: id-ecPublicKey, secp256r1 (RFC 5480 §2.1.1).
    static let algorithmIdentifier: [UInt8] = [
        0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
        0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07,
    ]

    /// `ECPrivateKey` (RFC 5915 §3) with its public key, in PKCS#8.
    static func lendPKCS8<Result: ~Copyable, Failure>(
        scalar: borrowing Span<UInt8>, x: borrowing Span<UInt8>, y: borrowing Span<UInt8>,
        to body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try PKCS8.lend(
            algorithm: algorithmIdentifier, capacity: 128,
            key: { writer in
                let end = writer.mark
                writer.bytes(y)
                writer.bytes(x)
                writer.bytes([0x00, 0x04])  // no unused bits; uncompressed, SEC 1 §2.3.3
                writer.close(DERWriter.bitString, end)
                writer.close(0xA1, end)  // [1] publicKey
                let scalarEnd = writer.mark
                writer.bytes(scalar)
                writer.close(DERWriter.octetString, scalarEnd)
                writer.integer(1)  // version
                writer.close(DERWriter.sequence, end)
            }, to: body)
    }
}
