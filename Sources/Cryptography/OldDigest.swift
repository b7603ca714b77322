internal import COpenSSL

/// Hash functions that are no good for anything new, and that old password hashes are made with.
package enum OldDigest: Sendable {
    /// MD5 (RFC 1321), 16 bytes.
    case md5
    /// SHA-1 (FIPS 180-4), 20 bytes.
    case sha1

    /// The digest of a message; nil where the system's OpenSSL has forbidden the function.
    package func digest(_ message: borrowing Span<UInt8>) -> [UInt8]? {
        let algorithm: OpaquePointer
        let byteCount: Int
        switch self {
        case .md5:
            unsafe algorithm = EVP_md5()
            byteCount = 16
        case .sha1:
            unsafe algorithm = EVP_sha1()
            byteCount = 20
        }
        var digest = [UInt8](repeating: 0, count: byteCount)
        let status = unsafe digest.withUnsafeMutableBufferPointer { output in
            unsafe message.withUnsafeBytes { message in
                unsafe EVP_Digest(message.baseAddress, message.count, output.baseAddress, nil, algorithm, nil)
            }
        }
        if status == 1 { return digest }
        ERR_clear_error()
        return nil
    }
}
