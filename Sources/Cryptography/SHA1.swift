internal import COpenSSL

/// SHA-1 (FIPS 180-4): what lists of breached passwords are written in. Good for nothing else any more.
package enum SHA1 {
    /// The digest of a message.
    package static func digest(_ message: borrowing Span<UInt8>) -> [20 of UInt8] {
        var digest = [20 of UInt8](repeating: 0)
        var mutable = digest.mutableSpan
        let status = unsafe mutable.withUnsafeMutableBytes { output in
            unsafe message.withUnsafeBytes { message in
                unsafe EVP_Digest(
                    message.baseAddress, message.count, output.baseAddress?.assumingMemoryBound(to: UInt8.self), nil,
                    EVP_sha1(), nil)
            }
        }
        precondition(status == 1, "SHA-1 failed")
        return digest
    }
}
