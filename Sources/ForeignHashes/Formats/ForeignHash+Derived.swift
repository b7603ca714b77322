internal import Cryptography

/// argon2, scrypt and PBKDF2, as the Password Hashing Competition's string format, passlib, Ory Kratos and Django write them.
extension ForeignHash {
    /// `$argon2id$v=19$m=65536,t=3,p=4$salt$digest`; version 16 has no `v=`.
    static func readArgon2(_ fields: HashFields, _ algorithm: ForeignAlgorithm) throws(ForeignHashError) -> Kind {
        let hasVersion = fields[2].hasPrefix("v=")
        let next = hasVersion ? 3 : 2
        guard fields.count == next + 3, !hasVersion || fields[2] == "v=19" || fields[2] == "v=16",
            let numbers = fields.numbers(in: next, named: ["m", "t", "p"])
        else { throw .malformed(algorithm) }
        let (kibibytes, passes, lanes) = (numbers[0], numbers[1], numbers[2])
        // 8 · p is the least that argon2 works with (RFC 9106 §3.1).
        guard kibibytes >= 8 * lanes else { throw .malformed(algorithm) }
        guard kibibytes <= ForeignLimits.maximumMemoryBytes >> 10, lanes <= ForeignLimits.maximumParallelism,
            passes <= (ForeignLimits.maximumWorkBytes >> 10) / kibibytes
        else { throw .tooDear(algorithm) }
        // libargon2 reads base64 without padding only.
        guard !fields[next + 1].contains("="), !fields[next + 2].contains("=") else { throw .malformed(algorithm) }
        let (salt, _) = try saltAndDigest(fields, from: next + 1, algorithm)
        guard salt.count >= 8 else { throw .malformed(algorithm) }
        return .argon2
    }

    /// `$scrypt$ln=14,r=8,p=1$salt$digest`. Ory Kratos writes N itself where others write its logarithm.
    static func readScrypt(_ fields: HashFields) throws(ForeignHashError) -> Kind {
        guard fields.count == 5, let numbers = fields.numbers(in: 2, named: ["ln", "r", "p"]) else {
            throw .malformed(.scrypt)
        }
        let (written, blockSize, parallelism) = (numbers[0], numbers[1], numbers[2])
        let cost = written < 32 ? 1 << written : written
        guard cost & (cost - 1) == 0 else { throw .malformed(.scrypt) }
        try checkScrypt(cost: cost, blockSize: blockSize, parallelism: parallelism, .scrypt)
        let (salt, digest) = try saltAndDigest(fields, from: 3, .scrypt)
        return .scrypt(cost: cost, blockSize: blockSize, parallelism: parallelism, salt: salt, digest: digest)
    }

    /// passlib's `$pbkdf2-sha256$29000$salt$digest` and Ory Kratos' `$pbkdf2-sha256$i=29000,l=32$salt$digest`.
    static func readPBKDF2(
        _ fields: HashFields, _ algorithm: ForeignAlgorithm, _ function: KeyDerivation.Digest
    ) throws(ForeignHashError) -> Kind {
        guard fields.count == 5 else { throw .malformed(algorithm) }
        let numbers = fields.numbers(in: 2, named: ["i", "l"])
        guard let iterations = numbers?.first ?? fields.number(at: 2) else { throw .malformed(algorithm) }
        let (salt, digest) = try saltAndDigest(fields, from: 3, algorithm)
        if let numbers, numbers[1] != digest.count { throw .malformed(algorithm) }
        return try pbkdf2(algorithm, function, iterations: iterations, salt: salt, digest: digest)
    }

    /// `pbkdf2_sha256$600000$salt$digest`.
    static func readDjangoPBKDF2(
        _ fields: HashFields, _ algorithm: ForeignAlgorithm, _ function: KeyDerivation.Digest
    ) throws(ForeignHashError) -> Kind {
        guard fields.count == 4, let iterations = fields.number(at: 1), !fields[2].isEmpty,
            let digest = LenientBase64.decode(fields[3])
        else { throw .malformed(algorithm) }
        return try pbkdf2(algorithm, function, iterations: iterations, salt: Array(fields[2].utf8), digest: digest)
    }

    static func checkScrypt(
        cost: Int, blockSize: Int, parallelism: Int, _ algorithm: ForeignAlgorithm
    ) throws(ForeignHashError) {
        guard cost > 1, blockSize > 0, parallelism > 0 else { throw .malformed(algorithm) }
        guard parallelism <= ForeignLimits.maximumParallelism,
            cost <= ForeignLimits.maximumMemoryBytes / 128, blockSize <= ForeignLimits.maximumMemoryBytes / 128 / cost,
            128 * cost * blockSize <= ForeignLimits.maximumWorkBytes / parallelism
        else { throw .tooDear(algorithm) }
    }

    private static func pbkdf2(
        _ algorithm: ForeignAlgorithm, _ function: KeyDerivation.Digest, iterations: Int, salt: [UInt8],
        digest: [UInt8]
    ) throws(ForeignHashError) -> Kind {
        guard digest.count >= ForeignLimits.digestBytes.lowerBound else { throw .tooShort(algorithm) }
        let blocks = (digest.count + function.byteCount - 1) / function.byteCount
        guard iterations <= ForeignLimits.maximumIterations / blocks else { throw .tooDear(algorithm) }
        return .pbkdf2(function, iterations: iterations, salt: salt, digest: digest)
    }

    private static func saltAndDigest(
        _ fields: HashFields, from index: Int, _ algorithm: ForeignAlgorithm
    ) throws(ForeignHashError) -> (salt: [UInt8], digest: [UInt8]) {
        guard let salt = LenientBase64.decode(fields[index]), let digest = LenientBase64.decode(fields[index + 1]),
            salt.count <= ForeignLimits.maximumSaltBytes, digest.count <= ForeignLimits.digestBytes.upperBound
        else { throw .malformed(algorithm) }
        guard digest.count >= ForeignLimits.digestBytes.lowerBound else { throw .tooShort(algorithm) }
        return (salt, digest)
    }
}
