internal import COpenSSL

/// Keys from passwords as other programs derive them; both functions block for the whole work.
package enum KeyDerivation {
    /// The hash function inside PBKDF2's HMAC.
    package enum Digest: Sendable {
        case sha1, sha256, sha512

        /// The length of one block of the key.
        package var byteCount: Int {
            switch self {
            case .sha1: 20
            case .sha256: 32
            case .sha512: 64
            }
        }

        fileprivate var algorithm: OpaquePointer {
            switch self {
            case .sha1: unsafe EVP_sha1()
            case .sha256: unsafe EVP_sha256()
            case .sha512: unsafe EVP_sha512()
            }
        }
    }

    /// PBKDF2 with HMAC (RFC 8018 §5.2).
    ///
    /// - Precondition: at least one iteration and one byte; lengths and iterations fit an `Int32`.
    /// - Returns: nil where the system's OpenSSL forbids such a key.
    package static func pbkdf2(
        _ password: borrowing Span<UInt8>, salt: [UInt8], iterations: Int, digest: Digest, byteCount: Int
    ) -> [UInt8]? {
        unsafe derive(byteCount) { output in
            unsafe password.withUnsafeBytes { password in
                unsafe salt.withUnsafeBufferPointer { salt in
                    unsafe PKCS5_PBKDF2_HMAC(
                        pointer(password), Int32(password.count), salt.baseAddress, Int32(salt.count),
                        Int32(iterations), digest.algorithm, Int32(output.count), output.baseAddress)
                }
            }
        }
    }

    /// scrypt (RFC 7914).
    ///
    /// - Parameter maximumMemoryBytes: what OpenSSL may take; it takes a little more than 128 · N · r.
    /// - Returns: nil where the parameters are none of scrypt's, or the memory is not to be had.
    package static func scrypt(
        _ password: borrowing Span<UInt8>, salt: [UInt8], cost: Int, blockSize: Int, parallelism: Int,
        maximumMemoryBytes: Int, byteCount: Int
    ) -> [UInt8]? {
        unsafe derive(byteCount) { output in
            unsafe password.withUnsafeBytes { password in
                unsafe salt.withUnsafeBufferPointer { salt in
                    unsafe EVP_PBE_scrypt(
                        pointer(password), password.count, salt.baseAddress, salt.count, UInt64(cost),
                        UInt64(blockSize), UInt64(parallelism), UInt64(maximumMemoryBytes), output.baseAddress,
                        output.count)
                }
            }
        }
    }

    private static func derive(
        _ byteCount: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Int32
    ) -> [UInt8]? {
        var key = [UInt8](repeating: 0, count: byteCount)
        let status = unsafe key.withUnsafeMutableBufferPointer { unsafe body($0) }
        if status == 1 { return key }
        ERR_clear_error()
        return nil
    }

    /// An empty password must still be a pointer: `EVP_PBE_scrypt` reads NULL as "derive nothing, only check".
    private static func pointer(_ bytes: UnsafeRawBufferPointer) -> UnsafePointer<CChar>? {
        if let start = bytes.baseAddress { return unsafe start.assumingMemoryBound(to: CChar.self) }
        return unsafe UnsafePointer(empty)
    }

    /// `nonisolated(unsafe)` because nobody writes to it; it is never freed.
    private nonisolated(unsafe) static let empty: UnsafeMutablePointer<CChar> = {
        let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        unsafe byte.initialize(to: 0)
        return unsafe byte
    }()
}
