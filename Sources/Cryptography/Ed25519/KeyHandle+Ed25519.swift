internal import COpenSSL

extension KeyHandle {
    /// A public key from 32 bytes, of which OpenSSL checks nothing.
    static func ed25519(publicKey: borrowing Span<UInt8>) -> KeyHandle? {
        let key = unsafe publicKey.withUnsafeBytes { bytes in
            unsafe EVP_PKEY_new_raw_public_key(
                EVP_PKEY_ED25519, nil, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
        }
        guard let key = unsafe key else {
            ERR_clear_error()
            return nil
        }
        return unsafe KeyHandle(adopting: key)
    }

    /// A pair from the 32 bytes that it is derived from (RFC 8032 §5.1.5).
    static func ed25519(seed: borrowing Span<UInt8>) -> KeyHandle? {
        let key = unsafe seed.withUnsafeBytes { bytes in
            unsafe EVP_PKEY_new_raw_private_key(
                EVP_PKEY_ED25519, nil, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
        }
        guard let key = unsafe key else {
            ERR_clear_error()
            return nil
        }
        return unsafe KeyHandle(adopting: key)
    }

    /// The public half.
    func ed25519PublicKey() -> [UInt8]? {
        var length = Ed25519.keyBytes
        let key = unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            guard unsafe EVP_PKEY_get_raw_public_key(pointer, buffer.baseAddress, &length) == 1 else { return }
            count = length
        }
        guard key.count == Ed25519.keyBytes else {
            ERR_clear_error()
            return nil
        }
        return key
    }

    /// Verifies a signature over a message that is not hashed beforehand.
    func verifyWhole(_ signature: borrowing Span<UInt8>, message: borrowing Span<UInt8>) -> Bool {
        guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        defer { unsafe EVP_MD_CTX_free(context) }
        let initialised = unsafe EVP_DigestVerifyInit(context, nil, nil, nil, pointer)
        precondition(initialised == 1, "the system's OpenSSL cannot verify with this key")
        let status = unsafe signature.withUnsafeBytes { signature in
            unsafe message.withUnsafeBytes { message in
                unsafe EVP_DigestVerify(
                    context, signature.baseAddress?.assumingMemoryBound(to: UInt8.self), signature.count,
                    message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count)
            }
        }
        if status != 1 { ERR_clear_error() }
        return status == 1
    }

    /// Signs a message that is not hashed beforehand.
    func signWhole(message: borrowing Span<UInt8>, maximumBytes: Int) -> [UInt8] {
        guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        defer { unsafe EVP_MD_CTX_free(context) }
        let initialised = unsafe EVP_DigestSignInit(context, nil, nil, nil, pointer)
        precondition(initialised == 1, "the system's OpenSSL cannot sign with this key")
        return unsafe [UInt8](unsafeUninitializedCapacity: maximumBytes) { buffer, count in
            var length = maximumBytes
            let status = unsafe message.withUnsafeBytes { message in
                unsafe EVP_DigestSign(
                    context, buffer.baseAddress, &length,
                    message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count)
            }
            precondition(status == 1, "signing failed")
            count = length
        }
    }
}
