internal import COpenSSL

/// What OpenSSL calls the curve of FIPS 186-5's P-256.
private let curveName = "prime256v1"

extension KeyHandle {
    /// A new pair, or `nil` where OpenSSL cannot make one.
    static func generateP256() -> KeyHandle? {
        guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        guard unsafe EVP_PKEY_keygen_init(context) == 1,
            unsafe EVP_PKEY_CTX_set_group_name(context, curveName) == 1
        else { return nil }
        var key: OpaquePointer?
        guard unsafe EVP_PKEY_generate(context, &key) == 1, let key = unsafe key else { return nil }
        return unsafe KeyHandle(adopting: key)
    }

    /// A public key from an uncompressed point; `nil` unless it is on the curve.
    static func p256(point: borrowing Span<UInt8>) -> KeyHandle? {
        guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        let initialised = unsafe EVP_PKEY_fromdata_init(context)
        precondition(initialised == 1, "the system's OpenSSL has no elliptic curves")
        var key: OpaquePointer?
        unsafe point.withUnsafeBytes { point in
            _ = unsafe gatelodge_p256_from_point(
                context, &key, point.baseAddress?.assumingMemoryBound(to: UInt8.self), point.count)
        }
        guard let key = unsafe key else {
            ERR_clear_error()
            return nil
        }
        let handle = unsafe KeyHandle(adopting: key)
        guard handle.isValidPublicKey else { return nil }
        return handle
    }

    /// A pair from PKCS#8, of which every part is checked.
    static func p256(pkcs8 der: borrowing Span<UInt8>) throws(CryptographyError) -> KeyHandle {
        let handle = try KeyHandle(pkcs8: der)
        guard handle.isNamedP256 else { throw .wrongKeyType }
        guard handle.isValidPair else { throw .inconsistentKey }
        return handle
    }

    /// The coordinates of the public point.
    func p256Coordinates() throws(CryptographyError) -> (x: [UInt8], y: [UInt8]) {
        guard let x = number(OSSL_PKEY_PARAM_EC_PUB_X), let y = number(OSSL_PKEY_PARAM_EC_PUB_Y) else {
            throw .wrongKeyType
        }
        func padded(_ number: [UInt8]) -> [UInt8] {
            [UInt8](repeating: 0, count: max(0, P256.scalarBytes - number.count)) + number
        }
        return (padded(x), padded(y))
    }

    /// An explicit set of parameters can describe a curve that only looks like this one (CVE-2020-0601): only the name counts.
    private var isNamedP256: Bool {
        isKind("EC") && text(OSSL_PKEY_PARAM_GROUP_NAME) == curveName
            && text(OSSL_PKEY_PARAM_EC_ENCODING) == OSSL_PKEY_EC_ENCODING_GROUP
    }
}
