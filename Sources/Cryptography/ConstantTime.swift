internal import COpenSSL

/// Whether both spans hold the same bytes, in a time that depends only on their lengths.
///
/// Spans of different lengths are unequal at once: the lengths of what we compare are public.
package func constantTimeEquals(_ left: borrowing Span<UInt8>, _ right: borrowing Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    guard left.count > 0 else { return true }
    return unsafe left.withUnsafeBytes { left in
        unsafe right.withUnsafeBytes { right in
            unsafe CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0
        }
    }
}
