internal import COpenSSL

/// Bytes from OpenSSL's generator for secrets.
///
/// - Precondition: the generator is seeded; on Linux it always is, and going on with guessable bytes is worse than stopping.
package func randomBytes(_ count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        guard count > 0 else { return }
        let status = unsafe RAND_bytes(buffer.baseAddress, Int32(count))
        precondition(status == 1, "the system's random generator failed")
        initialized = count
    }
}
