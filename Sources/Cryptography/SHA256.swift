internal import COpenSSL

/// SHA-256 (FIPS 180-4) and HMAC over it (RFC 2104).
package enum SHA256 {
    /// Looked up once: OpenSSL's `SHA256()` does so for every message, which takes a third of a token's digest and a
    /// lock that all threads share.
    ///
    /// `nonisolated(unsafe)` because OpenSSL changes nothing of an algorithm but its counted references; it is never
    /// freed.
    private nonisolated(unsafe) static let algorithm: OpaquePointer = {
        guard let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil) else {
            preconditionFailure("the system's OpenSSL has no SHA-256")
        }
        return unsafe algorithm
    }()

    /// The digest of a message.
    package static func digest(_ message: borrowing Span<UInt8>) -> [32 of UInt8] {
        var digest = [32 of UInt8](repeating: 0)
        var mutable = digest.mutableSpan
        let status = unsafe mutable.withUnsafeMutableBytes { output in
            unsafe message.withUnsafeBytes { message in
                unsafe EVP_Digest(
                    message.baseAddress, message.count, output.baseAddress?.assumingMemoryBound(to: UInt8.self), nil,
                    algorithm, nil)
            }
        }
        precondition(status == 1, "SHA-256 failed")
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
