/// How another program made a password hash. The raw value is its name in reports.
package enum ForeignAlgorithm: String, CaseIterable, Sendable {
    case argon2i, argon2d, argon2id
    case scrypt
    case pbkdf2SHA1 = "pbkdf2-sha1"
    case pbkdf2SHA256 = "pbkdf2-sha256"
    case pbkdf2SHA512 = "pbkdf2-sha512"
    /// Apache's `$apr1$`.
    case apr1
    /// Apache's `{SHA}`: SHA-1 without a salt.
    case sha1
    /// crypt(3)'s `$1$`.
    case md5Crypt = "md5-crypt"
    /// crypt(3)'s `$5$`.
    case sha256Crypt = "sha256-crypt"
    /// crypt(3)'s `$6$`.
    case sha512Crypt = "sha512-crypt"
    /// crypt(3)'s `$y$`.
    case yescrypt
    /// crypt(3)'s `$7$`.
    case scryptCrypt = "scrypt-crypt"

    /// Whether this machine can verify such a hash now; where not, ``library`` is missing.
    package var isAvailable: Bool {
        switch self {
        case .argon2i, .argon2d, .argon2id: Argon2Library.shared != nil
        case .sha256Crypt, .sha512Crypt, .yescrypt, .scryptCrypt: CryptLibrary.shared != nil
        case .scrypt, .pbkdf2SHA1, .pbkdf2SHA256, .pbkdf2SHA512, .apr1, .sha1, .md5Crypt: true
        }
    }

    /// The shared library that verifies such a hash, where it is none of those that Gatelodge is linked with.
    package var library: String? {
        switch self {
        case .argon2i, .argon2d, .argon2id: Argon2Library.name
        case .sha256Crypt, .sha512Crypt, .yescrypt, .scryptCrypt: CryptLibrary.name
        case .scrypt, .pbkdf2SHA1, .pbkdf2SHA256, .pbkdf2SHA512, .apr1, .sha1, .md5Crypt: nil
        }
    }
}
