internal import COpenSSL

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1) under one key that is used many times.
///
/// The key is hashed in once, and each message starts from a copy of that state: half the time of OpenSSL's `HMAC()`, which
/// looks the algorithm up and prepares the key for every message. Any number of threads may use one value at once.
@safe package final class HMACSHA256: @unchecked Sendable, CustomStringConvertible, CustomReflectable {
    // Sendable because the context is only ever copied from after `init`.
    private let keyed: OpaquePointer

    /// Keeps the key inside OpenSSL's context, which wipes it when it is freed. The caller wipes its own copy.
    package init(key: borrowing Span<UInt8>) {
        unsafe keyed = HMACSHA256.makeContext(key)
    }

    deinit { unsafe EVP_MAC_CTX_free(keyed) }

    /// The authentication code of a message.
    package func authenticationCode(for message: borrowing Span<UInt8>) -> [32 of UInt8] {
        guard let context = unsafe EVP_MAC_CTX_dup(keyed) else { preconditionFailure("out of memory") }
        defer { unsafe EVP_MAC_CTX_free(context) }
        var code = [32 of UInt8](repeating: 0)
        var length = 0
        let updated = unsafe message.withUnsafeBytes { message in
            unsafe EVP_MAC_update(context, message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count)
        }
        precondition(updated == 1, "HMAC-SHA-256 failed")
        var output = code.mutableSpan
        let finished = unsafe output.withUnsafeMutableBytes { output in
            unsafe EVP_MAC_final(
                context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), &length, output.count)
        }
        precondition(finished == 1 && length == 32, "HMAC-SHA-256 failed")
        return code
    }

    /// Whether `code` is the whole authentication code of the message, in a time that does not tell how much of it is right.
    package func isValid(_ code: borrowing Span<UInt8>, for message: borrowing Span<UInt8>) -> Bool {
        let expected = authenticationCode(for: message)
        return constantTimeEquals(expected.span, code)
    }

    /// Never the key.
    package var description: String { "<redacted>" }

    /// Keeps `dump` from the key as well.
    package var customMirror: Mirror { Mirror(self, children: []) }

    private static func makeContext(_ key: borrowing Span<UInt8>) -> OpaquePointer {
        guard let algorithm = unsafe EVP_MAC_fetch(nil, "HMAC", nil) else {
            preconditionFailure("the system's OpenSSL has no HMAC")
        }
        // The context keeps a reference of its own.
        defer { unsafe EVP_MAC_free(algorithm) }
        guard let context = unsafe EVP_MAC_CTX_new(algorithm) else { preconditionFailure("out of memory") }
        let status = unsafe key.withUnsafeBytes { key in
            // An empty key must still be a pointer: EVP_MAC_init reads NULL as "the key of before".
            let start = unsafe key.baseAddress ?? UnsafeRawPointer(context)
            return unsafe gatelodge_hmac_sha256_init(context, start.assumingMemoryBound(to: UInt8.self), key.count)
        }
        precondition(status == 1, "HMAC-SHA-256 failed")
        return unsafe context
    }
}
