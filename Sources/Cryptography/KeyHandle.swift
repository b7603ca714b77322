internal import COpenSSL

/// The owner of one `EVP_PKEY`.
///
/// Sendable because a key is complete before it gets here and nothing changes it afterwards: signing and verifying work in an
/// `EVP_PKEY_CTX` of their own, and what OpenSSL caches inside an `EVP_PKEY` stands under a lock of its own.
@safe struct KeyHandle: ~Copyable, @unchecked Sendable {
    /// Lives as long as this value.
    let pointer: OpaquePointer

    /// Takes over the caller's reference.
    init(adopting pointer: OpaquePointer) { unsafe self.pointer = pointer }

    deinit { unsafe EVP_PKEY_free(pointer) }

    /// Whether the public part is a sound key of its kind: for elliptic curves, a point of the right order on the curve.
    var isValidPublicKey: Bool {
        guard let context = unsafe EVP_PKEY_CTX_new(pointer, nil) else { preconditionFailure("out of memory") }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        let isValid = unsafe EVP_PKEY_public_check(context) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }

    /// Whether both halves are sound and belong together.
    var isValidPair: Bool {
        guard let context = unsafe EVP_PKEY_CTX_new(pointer, nil) else { preconditionFailure("out of memory") }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        let isValid = unsafe EVP_PKEY_check(context) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }
}
