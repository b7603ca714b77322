internal import Cryptography

/// libcrypt, as libxcrypt makes it.
@safe struct CryptLibrary: Sendable {
    /// Debian's libcrypt1.
    static let name = "libcrypt.so.1"

    /// nil where it is not installed, or is one without `crypt_rn`.
    static var shared: CryptLibrary? {
        guard let symbol = unsafe SharedLibrary.symbol("crypt_rn", in: name) else { return nil }
        return unsafe CryptLibrary(crypt: unsafeBitCast(symbol, to: Crypt.self))
    }

    /// `char *crypt_rn(const char *phrase, const char *setting, void *data, int size)`
    private typealias Crypt =
        @convention(c) @Sendable (
            UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutableRawPointer, CInt
        ) -> UnsafePointer<CChar>?

    /// "data … must be at least sizeof(struct crypt_data)" (crypt_rn(3)): 32,768 bytes.
    private static let dataBytes = 1 << 16

    private let crypt: Crypt

    /// Whether a password is the one of a hash; nil where the library does not know the hash.
    func verify(_ password: borrowing Span<UInt8>, against text: String) -> Bool? {
        var phrase: [UInt8] = []
        // At once, so that no copy of the password stays behind where the array grows.
        phrase.reserveCapacity(password.count + 1)
        for index in password.indices { phrase.append(password[index]) }
        phrase.append(0)
        var data = [UInt8](repeating: 0, count: Self.dataBytes)
        defer {
            wipe(&phrase)
            wipe(&data)
        }
        // A password with a NUL would be cut off there.
        guard phrase.firstIndex(of: 0) == phrase.count - 1 else { return false }
        let result: String? = unsafe data.withUnsafeMutableBytes { data in
            unsafe phrase.withUnsafeBytes { phrase in
                unsafe text.withCString { setting in
                    // Both have bytes, and so an address.
                    let phrase = unsafe phrase.baseAddress!.assumingMemoryBound(to: CChar.self)
                    return unsafe crypt(phrase, setting, data.baseAddress!, CInt(data.count))
                        .map { unsafe String(cString: $0) }
                }
            }
        }
        guard let result else { return nil }
        return constantTimeEquals(Array(result.utf8).span, Array(text.utf8).span)
    }
}
