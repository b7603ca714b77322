/// Private keys as unencrypted PKCS#8 (RFC 5208 §5).
enum PKCS8 {
    /// Puts the frame of `PrivateKeyInfo` around a key of one algorithm and lends the whole.
    /// - Parameters:
    ///   - algorithm: `AlgorithmIdentifier`, encoded.
    ///   - capacity: at least the number of bytes that `key` writes.
    static func lend<Result: ~Copyable, Failure>(
        algorithm: [UInt8], capacity: Int, key: (inout DERWriter) -> Void,
        to body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try DERWriter.lend(
            capacity: capacity + algorithm.count + 32,
            { writer in
                let end = writer.mark
                key(&writer)
                writer.close(DERWriter.octetString, end)
                writer.bytes(algorithm)
                writer.integer(0)  // version
                writer.close(DERWriter.sequence, end)
            }, to: body)
    }
}
