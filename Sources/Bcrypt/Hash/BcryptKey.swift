internal import Cryptography

/// The bytes that a password becomes before bcrypt's key schedule repeats them to 72.
package enum BcryptKey {
    /// What the key schedule takes up: 18 words.
    package static let maximumBytes = 72

    /// The key of a password under a scheme.
    ///
    /// The older schemes end at 72 bytes as those who wrote them did.
    static func bytes(
        of password: borrowing Span<UInt8>, scheme: BcryptScheme, salt: [16 of UInt8]
    ) -> SecretBytes {
        guard scheme == .bcryptSHA256 else { return terminated(password) }
        // passlib's HMAC key is the salt as written, its message the password.
        var code = SHA256.authenticationCode(key: BcryptBase64.encode(salt.span).span, message: password)
        var text = Base64.encode(code.span)
        defer {
            wipe(&code)
            wipe(&text)
        }
        return terminated(text.span)
    }

    /// Whether a `$2b$` hash of ours can be of this password at all, so that a match means the same password.
    ///
    /// bcrypt repeats the password and its NUL, so that `p NUL p` gives `p`'s key, and reads no further than 72 bytes. Other
    /// passwords with a NUL have keys of their own; hashes of them come from elsewhere.
    static func isDistinct(_ password: borrowing Span<UInt8>, scheme: BcryptScheme) -> Bool {
        switch scheme {
        case .bcryptSHA256: true
        case .bcrypt2b: password.count <= maximumBytes && !repeatsItsBeginning(password)
        case .bcrypt2a, .bcrypt2y: !repeatsItsBeginning(password)
        }
    }

    /// Whether crypt_blowfish would alter the tables for such a `$2a$` key.
    ///
    /// Its versions before 2011 extended the sign of bytes above 127. Since then `$2a$` is computed rightly, but a
    /// key for which right and wrong agree by chance gets one bit of the first table word turned, so that old colliding passwords
    /// do not match (openwall crypt_blowfish 1.1, `BF_set_key`).
    static func needsSafetyMeasure(_ key: borrowing Span<UInt8>) -> Bool {
        var position = 0
        var hasSign = false
        var differs = false
        for _ in 0..<maximumBytes / 4 {
            var right: UInt32 = 0
            var wrong: UInt32 = 0
            for index in 0..<4 {
                right = right << 8 | UInt32(key[position])
                wrong = wrong << 8 | UInt32(bitPattern: Int32(Int8(bitPattern: key[position])))
                if index > 0 && key[position] > 127 { hasSign = true }
                position = position + 1 == key.count ? 0 : position + 1
            }
            if right != wrong { differs = true }
        }
        return hasSign && !differs
    }

    private static func terminated(_ password: borrowing Span<UInt8>) -> SecretBytes {
        if password.count >= maximumBytes { return SecretBytes(copying: password.extracting(first: maximumBytes)) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(password.count + 1)
        for index in password.indices { bytes.append(password[index]) }
        bytes.append(0)
        defer { wipe(&bytes) }
        return SecretBytes(copying: bytes.span)
    }

    /// Whether the key is also that of the part before the first NUL.
    private static func repeatsItsBeginning(_ password: borrowing Span<UInt8>) -> Bool {
        let seen = min(password.count, maximumBytes)
        guard let end = (0..<seen).first(where: { password[$0] == 0 }) else { return false }
        let period = end + 1
        for index in 0..<maximumBytes {
            let position = index % (password.count + 1)
            let byte = position < password.count ? password[position] : 0
            if byte != password[index % period] { return false }
        }
        return true
    }
}
