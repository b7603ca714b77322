/// libargon2, the reference implementation of argon2 (RFC 9106).
@safe struct Argon2Library: Sendable {
    /// Debian's libargon2-1.
    static let name = "libargon2.so.1"

    /// nil where it is not installed. Looked for until it is there, so that nothing has to be restarted for it.
    static var shared: Argon2Library? {
        guard let symbol = unsafe SharedLibrary.symbol("argon2_verify", in: name) else { return nil }
        return unsafe Argon2Library(verify: unsafeBitCast(symbol, to: Verify.self))
    }

    /// `int argon2_verify(const char *encoded, const void *pwd, const size_t pwdlen, argon2_type type)`
    private typealias Verify =
        @convention(c) @Sendable (
            UnsafePointer<CChar>, UnsafeRawPointer?, Int, CInt
        ) -> CInt

    private static let ok: CInt = 0
    private static let mismatch: CInt = -35

    private let verify: Verify

    /// Whether a password is the one of an encoded hash; nil where the library cannot tell, for want of memory for example.
    func verify(_ password: borrowing Span<UInt8>, against text: String, _ algorithm: ForeignAlgorithm) -> Bool? {
        let type: CInt
        switch algorithm {
        case .argon2d: type = 0
        case .argon2i: type = 1
        default: type = 2
        }
        let status = unsafe password.withUnsafeBytes { password in
            unsafe text.withCString { text in unsafe verify(text, password.baseAddress, password.count, type) }
        }
        return status == Self.ok ? true : status == Self.mismatch ? false : nil
    }
}
