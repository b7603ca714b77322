import CCrypt

/// libcrypt's `crypt_r`, the measure of ours.
enum Crypt {
    /// The hash string under a setting (or a whole hash string); the password ends at its first NUL.
    static func hash(_ password: [UInt8], setting: String) -> String? {
        let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        unsafe data.initialize(to: crypt_data())
        defer { unsafe data.deallocate() }
        let phrase = password.map { CChar(bitPattern: $0) } + [0]
        guard let result = unsafe crypt_r(phrase, setting, data) else { return nil }
        return unsafe String(cString: result)
    }
}
