internal import COpenSSL

extension KeyHandle {
    /// Any private key from unencrypted PKCS#8 in DER, which must fill the whole span. Nothing of the key is judged.
    init(pkcs8 der: borrowing Span<UInt8>) throws(CryptographyError) {
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
        unsafe self.init(adopting: key)
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
}
