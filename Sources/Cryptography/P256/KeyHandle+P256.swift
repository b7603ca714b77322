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
        let information: OpaquePointer? = unsafe der.withUnsafeBytes { der in
            guard var position = unsafe der.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
            let start = unsafe position
            guard
                let result = unsafe withUnsafeMutablePointer(
                    to: &position,
                    {
                        unsafe $0.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 1) {
                            unsafe d2i_PKCS8_PRIV_KEY_INFO(nil, $0, der.count)
                        }
                    })
            else { return nil }
            if unsafe position - start == der.count { return unsafe result }
            unsafe PKCS8_PRIV_KEY_INFO_free(result)
            return nil
        }
        guard let information = unsafe information else {
            ERR_clear_error()
            throw .malformedKey
        }
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(information) }
        guard let key = unsafe EVP_PKCS82PKEY(information) else {
            ERR_clear_error()
            throw .malformedKey
        }
        let handle = unsafe KeyHandle(adopting: key)
        guard handle.isNamedP256 else { throw .wrongKeyType }
        guard handle.isValidPair else { throw .inconsistentKey }
        return handle
    }

    /// Unencrypted PKCS#8 in DER.
    func pkcs8() -> [UInt8] {
        guard let information = unsafe EVP_PKEY2PKCS8(pointer) else { preconditionFailure("not a private key") }
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(information) }
        let length = unsafe i2d_PKCS8_PRIV_KEY_INFO(information, nil)
        precondition(length > 0, "not a private key")
        return unsafe [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
            var position = buffer.baseAddress
            let written = unsafe i2d_PKCS8_PRIV_KEY_INFO(information, &position)
            precondition(written == length, "not a private key")
            count = Int(written)
        }
    }

    /// The coordinates of the public point.
    func p256Coordinates() throws(CryptographyError) -> (x: [UInt8], y: [UInt8]) {
        guard let x = coordinate(OSSL_PKEY_PARAM_EC_PUB_X), let y = coordinate(OSSL_PKEY_PARAM_EC_PUB_Y) else {
            throw .wrongKeyType
        }
        return (x, y)
    }

    private func coordinate(_ name: String) -> [UInt8]? {
        var number: OpaquePointer?
        guard unsafe EVP_PKEY_get_bn_param(pointer, name, &number) == 1, let number = unsafe number else {
            ERR_clear_error()
            return nil
        }
        defer { unsafe BN_free(number) }
        return unsafe [UInt8](unsafeUninitializedCapacity: P256.scalarBytes) { buffer, count in
            let written = unsafe BN_bn2binpad(number, buffer.baseAddress, Int32(P256.scalarBytes))
            count = max(0, Int(written))
        }
    }

    /// An explicit set of parameters can describe a curve that only looks like this one (CVE-2020-0601): only the name counts.
    private var isNamedP256: Bool {
        unsafe EVP_PKEY_is_a(pointer, "EC") == 1
            && text(OSSL_PKEY_PARAM_GROUP_NAME) == curveName
            && text(OSSL_PKEY_PARAM_EC_ENCODING) == OSSL_PKEY_EC_ENCODING_GROUP
    }

    private func text(_ name: String) -> String? {
        var length = 0
        let result = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer -> String? in
            guard unsafe EVP_PKEY_get_utf8_string_param(pointer, name, buffer.baseAddress, buffer.count, &length) == 1
            else { return nil }
            return unsafe buffer.baseAddress.map { unsafe String(cString: $0) }
        }
        if result == nil { ERR_clear_error() }
        return result
    }
}
