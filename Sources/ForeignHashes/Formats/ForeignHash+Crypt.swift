/// What crypt(3) and Apache's htpasswd write.
extension ForeignHash {
    /// `{SHA}` and the base64 of 20 bytes.
    static func readSHA1(_ text: String) throws(ForeignHashError) -> Kind {
        guard let digest = LenientBase64.decode(text.dropFirst(5)), digest.count == 20, text.utf8.count == 33 else {
            throw .malformed(.sha1)
        }
        return .sha1(digest: digest)
    }

    /// `$apr1$salt$digest` and `$1$salt$digest`.
    static func readMD5Crypt(_ fields: HashFields, _ algorithm: ForeignAlgorithm) throws(ForeignHashError) -> Kind {
        let (salt, letters) = (Array(fields[2].utf8), Array(fields[3].utf8))
        guard fields.count == 4, salt.count <= MD5Crypt.maximumSaltBytes, letters.count == MD5Crypt.letterCount,
            letters.allSatisfy({ CryptLetters.value(of: $0) != nil })
        else { throw .malformed(algorithm) }
        return .md5Crypt(magic: Array("$\(fields[1])$".utf8), salt: salt, letters: letters)
    }

    /// `$6$salt$digest` and `$6$rounds=5000$salt$digest`.
    static func readSHACrypt(
        _ fields: HashFields, _ algorithm: ForeignAlgorithm, letters: Int
    ) throws(ForeignHashError) -> Kind {
        let hasRounds = fields[2].hasPrefix("rounds=")
        let next = hasRounds ? 3 : 2
        guard fields.count == next + 2, fields[next].utf8.count <= 16,
            isDigest(fields[next + 1], letters: letters)
        else { throw .malformed(algorithm) }
        if hasRounds {
            guard let rounds = HashFields.number(fields[2].dropFirst(7)), rounds >= 1_000 else {
                throw .malformed(algorithm)
            }
            guard rounds <= ForeignLimits.maximumRounds else { throw .tooDear(algorithm) }
        }
        return .crypt
    }

    /// `$y$j9T$salt$digest`: flavour, logarithm of N and r in one letter each. Other forms are for more than a password's worth
    /// of memory, or for files of it.
    static func readYescrypt(_ fields: HashFields) throws(ForeignHashError) -> Kind {
        let parameters = Array(fields[2].utf8)
        guard fields.count == 5, parameters.count == 3, parameters[0] == UInt8(ascii: "j"),
            let logarithm = CryptLetters.value(of: parameters[1]), let size = CryptLetters.value(of: parameters[2]),
            // A letter above these says that more letters follow.
            logarithm < 48, size < 48, isDigest(fields[4], letters: 43)
        else { throw .malformed(.yescrypt) }
        guard logarithm + 1 < 32 else { throw .tooDear(.yescrypt) }
        try checkScrypt(cost: 1 << (logarithm + 1), blockSize: size + 1, parallelism: 1, .yescrypt)
        return .crypt
    }

    /// `$7$` with the logarithm of N in one letter, r and p in five each, then the salt.
    static func readScryptCrypt(_ fields: HashFields) throws(ForeignHashError) -> Kind {
        let parameters = Array(fields[2].utf8)
        guard fields.count == 4, parameters.count >= 11, let logarithm = CryptLetters.value(of: parameters[0]),
            let size = CryptLetters.number(parameters[1..<6]), let lanes = CryptLetters.number(parameters[6..<11]),
            isDigest(fields[3], letters: 43)
        else { throw .malformed(.scryptCrypt) }
        guard logarithm < 32 else { throw .tooDear(.scryptCrypt) }
        try checkScrypt(cost: 1 << logarithm, blockSize: size, parallelism: lanes, .scryptCrypt)
        return .crypt
    }

    private static func isDigest(_ field: Substring, letters: Int) -> Bool {
        field.utf8.count == letters && field.utf8.allSatisfy { CryptLetters.value(of: $0) != nil }
    }
}
