internal import Cryptography

extension ForeignHash {
    /// Whether a password is the one that was hashed; blocks for the whole work.
    ///
    /// - Returns: nil where this machine cannot tell: a library is missing, or memory.
    func verify(_ password: borrowing Span<UInt8>) -> Bool? {
        switch kind {
        case .argon2: return Argon2Library.shared?.verify(password, against: text, algorithm)
        case .crypt: return CryptLibrary.shared?.verify(password, against: text)
        case .scrypt(let cost, let blockSize, let parallelism, let salt, let digest):
            let key = KeyDerivation.scrypt(
                password, salt: salt, cost: cost, blockSize: blockSize, parallelism: parallelism,
                maximumMemoryBytes: 2 * ForeignLimits.maximumMemoryBytes, byteCount: digest.count)
            return key.map { constantTimeEquals($0.span, digest.span) }
        case .pbkdf2(let function, let iterations, let salt, let digest):
            let key = KeyDerivation.pbkdf2(
                password, salt: salt, iterations: iterations, digest: function, byteCount: digest.count)
            return key.map { constantTimeEquals($0.span, digest.span) }
        case .md5Crypt(let magic, let salt, let letters):
            return MD5Crypt.letters(password, magic: magic, salt: salt)
                .map { constantTimeEquals($0.span, letters.span) }
        case .sha1(let digest):
            return OldDigest.sha1.digest(password).map { constantTimeEquals($0.span, digest.span) }
        }
    }
}
