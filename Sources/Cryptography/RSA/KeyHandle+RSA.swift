internal import COpenSSL

extension KeyHandle {
    /// A new pair, or `nil` where OpenSSL cannot make one.
    static func generateRSA() -> KeyHandle? {
        guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        // The exponent is 65537 unless another one is asked for.
        guard unsafe EVP_PKEY_keygen_init(context) == 1,
            unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, RSA.generatedModulusBits) == 1
        else { return nil }
        var key: OpaquePointer?
        guard unsafe EVP_PKEY_generate(context, &key) == 1, let key = unsafe key else { return nil }
        return unsafe KeyHandle(adopting: key)
    }

    /// A public key by its numbers, of which OpenSSL has checked nothing yet.
    static func rsa(modulus: borrowing Span<UInt8>, exponent: borrowing Span<UInt8>) -> KeyHandle? {
        let key = unsafe RSA.lendSubjectPublicKeyInfo(modulus: modulus, exponent: exponent) { der -> OpaquePointer? in
            unsafe der.withUnsafeBytes { der in
                var position = unsafe der.baseAddress?.assumingMemoryBound(to: UInt8.self)
                return unsafe d2i_PUBKEY(nil, &position, der.count)
            }
        }
        guard let key = unsafe key else {
            ERR_clear_error()
            return nil
        }
        return unsafe KeyHandle(adopting: key)
    }

    /// A pair from PKCS#8, of which every part is checked.
    static func rsa(pkcs8 der: borrowing Span<UInt8>) throws(CryptographyError) -> KeyHandle {
        let handle = try KeyHandle(pkcs8: der)
        // A key that its own parameters bind to PSS is of another kind, "RSA-PSS" (RFC 4055 §1.2).
        guard handle.isKind("RSA"), handle.number(OSSL_PKEY_PARAM_RSA_FACTOR + "3") == nil else { throw .wrongKeyType }
        guard let modulus = handle.number(OSSL_PKEY_PARAM_RSA_N), let exponent = handle.number(OSSL_PKEY_PARAM_RSA_E)
        else { throw .malformedKey }
        try RSA.requireStrength(modulus: modulus.span, exponent: exponent.span)
        guard handle.isValidPair else { throw .inconsistentKey }
        return handle
    }
}
