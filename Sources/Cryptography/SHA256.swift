internal import COpenSSL

/// SHA-256 (FIPS 180-4) and HMAC over it (RFC 2104).
package enum SHA256 {
    /// The digest of a message.
    package static func digest(_ message: borrowing Span<UInt8>) -> [32 of UInt8] {
        var digest = [32 of UInt8](repeating: 0)
        var mutable = digest.mutableSpan
        unsafe mutable.withUnsafeMutableBytes { output in
            unsafe message.withUnsafeBytes { message in
                _ = unsafe COpenSSL.SHA256(
                    message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count,
                    output.baseAddress?.assumingMemoryBound(to: UInt8.self))
            }
        }
        return digest
    }

    /// The authentication code of a message under a key of any length.
    package static func authenticationCode(
        key: borrowing Span<UInt8>, message: borrowing Span<UInt8>
    ) -> [32 of UInt8] {
        var code = [32 of UInt8](repeating: 0)
        var mutable = code.mutableSpan
        unsafe mutable.withUnsafeMutableBytes { output in
            unsafe key.withUnsafeBytes { key in
                unsafe message.withUnsafeBytes { message in
                    var length: UInt32 = 0
                    // An empty key must still be a pointer: HMAC reads NULL as "the key of before".
                    let result = unsafe HMAC(
                        EVP_sha256(), key.baseAddress ?? UnsafeRawPointer(output.baseAddress!), Int32(key.count),
                        message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count,
                        output.baseAddress?.assumingMemoryBound(to: UInt8.self), &length)
                    unsafe precondition(result != nil && length == 32, "HMAC-SHA-256 failed")
                }
            }
        }
        return code
    }
}
