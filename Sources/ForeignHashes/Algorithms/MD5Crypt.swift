internal import Cryptography

/// The MD5 scheme of FreeBSD's crypt(3), which Apache uses under a name of its own.
enum MD5Crypt {
    static let maximumSaltBytes = 8
    /// 16 bytes in letters of six bits.
    static let letterCount = 22

    /// The letters of a password's digest; nil where the system's OpenSSL forbids MD5.
    ///
    /// - Parameter magic: `$1$` or `$apr1$`, which goes into the digest.
    static func letters(_ password: borrowing Span<UInt8>, magic: [UInt8], salt: [UInt8]) -> [UInt8]? {
        var password = password.indices.map { password[$0] }
        defer { wipe(&password) }
        guard var digest = first(password, magic: magic, salt: salt) else { return nil }
        // A thousand rounds whose order depends on their number alone.
        for round in 0..<1_000 {
            let isEven = round.isMultiple(of: 2)
            var parts = [isEven ? digest : password]
            if !round.isMultiple(of: 3) { parts.append(salt) }
            if !round.isMultiple(of: 7) { parts.append(password) }
            parts.append(isEven ? password : digest)
            guard let next = self.digest(of: parts) else { return nil }
            digest = next
        }
        return spell(digest)
    }

    private static func first(_ password: [UInt8], magic: [UInt8], salt: [UInt8]) -> [UInt8]? {
        guard let seed = digest(of: [password, salt, password]) else { return nil }
        var parts = [password, magic, salt]
        for start in stride(from: 0, to: password.count, by: 16) {
            parts.append(Array(seed.prefix(min(16, password.count - start))))
        }
        var (bits, length): ([UInt8], Int) = ([], password.count)
        while length > 0 {
            bits.append(length & 1 == 1 ? 0 : password[0])
            length >>= 1
        }
        parts.append(bits)
        return digest(of: parts)
    }

    /// Of all parts together, of which no copy stays behind.
    private static func digest(of parts: [[UInt8]]) -> [UInt8]? {
        var message: [UInt8] = []
        message.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        defer { wipe(&message) }
        for part in parts { message += part }
        return OldDigest.md5.digest(message.span)
    }

    /// Three bytes at a time from all over the digest, the lowest bits first.
    private static func spell(_ digest: [UInt8]) -> [UInt8] {
        var letters: [UInt8] = []
        func append(_ number: Int, letters count: Int) {
            for index in 0..<count { letters.append(CryptLetters.all[number >> (6 * index) & 63]) }
        }
        for index in 0..<5 {
            let last = index == 4 ? 5 : index + 12
            append(Int(digest[index]) << 16 | Int(digest[index + 6]) << 8 | Int(digest[last]), letters: 4)
        }
        append(Int(digest[11]), letters: 2)
        return letters
    }
}
