internal import Cryptography

/// A password hash that another program made, within ``ForeignLimits``.
///
/// It is verified until its owner's first login, and replaced by a bcrypt hash then.
package struct ForeignHash: Sendable, CustomStringConvertible, CustomReflectable {
    /// What to compute.
    enum Kind: Sendable {
        /// As libargon2 reads it.
        case argon2
        /// As libcrypt reads it.
        case crypt
        case scrypt(cost: Int, blockSize: Int, parallelism: Int, salt: [UInt8], digest: [UInt8])
        case pbkdf2(KeyDerivation.Digest, iterations: Int, salt: [UInt8], digest: [UInt8])
        /// `magic` is `$1$` or `$apr1$`.
        case md5Crypt(magic: [UInt8], salt: [UInt8], letters: [UInt8])
        case sha1(digest: [UInt8])
    }

    /// As it was written. Never printed.
    package let text: String

    package let algorithm: ForeignAlgorithm

    let kind: Kind

    /// Reads a hash string of any algorithm.
    package init(parsing text: String) throws(ForeignHashError) {
        guard text.utf8.count <= ForeignLimits.maximumTextBytes, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .unknown }
        self.text = text
        (algorithm, kind) = try Self.read(text)
    }

    /// The algorithm alone.
    package var description: String { "\(algorithm.rawValue) hash" }

    /// Keeps `dump` from the hash as well.
    package var customMirror: Mirror { Mirror(self, children: ["algorithm": algorithm.rawValue]) }

    private static func read(_ text: String) throws(ForeignHashError) -> (ForeignAlgorithm, Kind) {
        if text.hasPrefix("{SHA}") { return (.sha1, try readSHA1(text)) }
        let fields = HashFields(text)
        switch fields[0] {
        case "": break
        // Django's names; its salts are text.
        case "pbkdf2_sha256": return (.pbkdf2SHA256, try readDjangoPBKDF2(fields, .pbkdf2SHA256, .sha256))
        case "pbkdf2_sha1": return (.pbkdf2SHA1, try readDjangoPBKDF2(fields, .pbkdf2SHA1, .sha1))
        default: throw .unknown
        }
        switch fields[1] {
        case "argon2i": return (.argon2i, try readArgon2(fields, .argon2i))
        case "argon2d": return (.argon2d, try readArgon2(fields, .argon2d))
        case "argon2id": return (.argon2id, try readArgon2(fields, .argon2id))
        case "scrypt": return (.scrypt, try readScrypt(fields))
        case "pbkdf2", "pbkdf2-sha1": return (.pbkdf2SHA1, try readPBKDF2(fields, .pbkdf2SHA1, .sha1))
        case "pbkdf2-sha256": return (.pbkdf2SHA256, try readPBKDF2(fields, .pbkdf2SHA256, .sha256))
        case "pbkdf2-sha512": return (.pbkdf2SHA512, try readPBKDF2(fields, .pbkdf2SHA512, .sha512))
        case "apr1": return (.apr1, try readMD5Crypt(fields, .apr1))
        case "1": return (.md5Crypt, try readMD5Crypt(fields, .md5Crypt))
        case "5": return (.sha256Crypt, try readSHACrypt(fields, .sha256Crypt, letters: 43))
        case "6": return (.sha512Crypt, try readSHACrypt(fields, .sha512Crypt, letters: 86))
        case "y": return (.yescrypt, try readYescrypt(fields))
        case "7": return (.scryptCrypt, try readScryptCrypt(fields))
        default: throw .unknown
        }
    }
}
