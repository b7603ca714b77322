/// How a password became bcrypt's key, as the head of a hash string says it.
public enum BcryptScheme: String, CaseIterable, Sendable {
    /// `$2a$`: the password and a NUL, as OpenBSD wrote it before 2014; read only.
    case bcrypt2a = "2a"

    /// `$2b$`: the password and a NUL; the one written for passwords of up to 72 bytes.
    case bcrypt2b = "2b"

    /// `$2y$`: the same from crypt_blowfish and PHP; read only.
    case bcrypt2y = "2y"

    /// `$bcrypt-sha256$v=2,t=2b,…`: HMAC-SHA-256 of the password under the salt, in base64, into `$2b$`; passlib's scheme,
    /// written for all longer passwords.
    case bcryptSHA256 = "bcrypt-sha256"

    /// The scheme that this library writes for a password: the plain one as long as bcrypt sees all of it.
    package init(writingFor password: borrowing Span<UInt8>) {
        let isSeenWhole = password.count <= BcryptKey.maximumBytes && !password.containsNUL
        self = isSeenWhole ? .bcrypt2b : .bcryptSHA256
    }
}
