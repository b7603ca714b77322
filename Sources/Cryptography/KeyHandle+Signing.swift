internal import COpenSSL

extension KeyHandle {
    /// Verifies a signature in OpenSSL's own encoding over a digest that is there already.
    ///
    /// A context of its own each time: to copy a prepared one takes as long.
    /// - Parameter padding: what an RSA signature is padded with; `nil` for every other key.
    func verify(
        _ signature: borrowing Span<UInt8>, digest: borrowing Span<UInt8>, padding: RSA.Padding? = nil
    ) -> Bool {
        guard let context = unsafe EVP_PKEY_CTX_new(pointer, nil) else { preconditionFailure("out of memory") }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        let initialised = unsafe EVP_PKEY_verify_init(context) == 1 && padding?.apply(to: context) ?? true
        precondition(initialised, "the system's OpenSSL cannot verify with this key")
        let status = unsafe signature.withUnsafeBytes { signature in
            unsafe digest.withUnsafeBytes { digest in
                unsafe EVP_PKEY_verify(
                    context, signature.baseAddress?.assumingMemoryBound(to: UInt8.self), signature.count,
                    digest.baseAddress?.assumingMemoryBound(to: UInt8.self), digest.count)
            }
        }
        // 0 is a wrong signature, below 0 "some other error": neither is a right one.
        if status != 1 { ERR_clear_error() }
        return status == 1
    }

    /// Signs a digest; the result is in OpenSSL's own encoding and at most `maximumBytes` long.
    func sign(digest: borrowing Span<UInt8>, maximumBytes: Int, padding: RSA.Padding? = nil) -> [UInt8] {
        guard let context = unsafe EVP_PKEY_CTX_new(pointer, nil) else { preconditionFailure("out of memory") }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        let initialised = unsafe EVP_PKEY_sign_init(context) == 1 && padding?.apply(to: context) ?? true
        precondition(initialised, "the system's OpenSSL cannot sign with this key")
        return unsafe [UInt8](unsafeUninitializedCapacity: maximumBytes) { buffer, count in
            var length = maximumBytes
            let status = unsafe digest.withUnsafeBytes { digest in
                unsafe EVP_PKEY_sign(
                    context, buffer.baseAddress, &length,
                    digest.baseAddress?.assumingMemoryBound(to: UInt8.self), digest.count)
            }
            precondition(status == 1, "signing failed")
            count = length
        }
    }
}
