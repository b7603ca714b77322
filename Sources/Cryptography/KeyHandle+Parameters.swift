internal import COpenSSL

extension KeyHandle {
    /// Whether this is a key of a kind, by OpenSSL's name for it.
    func isKind(_ name: String) -> Bool { unsafe EVP_PKEY_is_a(pointer, name) == 1 }

    /// A number of the key, big-endian and without leading zeros; `nil` where the key has none of that name.
    func number(_ name: String) -> [UInt8]? {
        var number: OpaquePointer?
        guard unsafe EVP_PKEY_get_bn_param(pointer, name, &number) == 1, let number = unsafe number else {
            ERR_clear_error()
            return nil
        }
        defer { unsafe BN_free(number) }
        let length = unsafe Int(BN_num_bits(number) + 7) / 8
        return unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = unsafe Int(BN_bn2bin(number, buffer.baseAddress))
        }
    }

    /// A short text of the key; `nil` where the key has none of that name.
    func text(_ name: String) -> String? {
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
