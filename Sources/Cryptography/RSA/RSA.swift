/// RSA signatures with SHA-256 (RFC 8017 §8).
///
/// Keys have a modulus of ``modulusBits`` bits, and an exponent that is odd and from 65537 up to 64 bits long: below,
/// they are too weak (NIST SP 800-131A §3, FIPS 186-5 §5.1), above they would cost whoever verifies more than a
/// signature is worth.
package enum RSA {
    /// How long a modulus may be, in bits.
    package static let modulusBits = 2048...8192

    /// The modulus of a new key, in bits.
    static let generatedModulusBits: Int32 = 2048

    /// The public exponent of a new key, and the smallest that is accepted.
    static let smallestExponent: UInt64 = 65537

    /// The numbers of a private key with two primes, as RFC 8017 §3.2 names them; big-endian, without sign.
    package struct PrivateNumbers {
        package let n: [UInt8]
        package let e: [UInt8]
        package var d: [UInt8] = []
        package var p: [UInt8] = []
        package var q: [UInt8] = []
        package var dP: [UInt8] = []
        package var dQ: [UInt8] = []
        package var qInv: [UInt8] = []

        /// The public half, to which the secret one is added number by number.
        package init(n: [UInt8], e: [UInt8]) {
            self.n = n
            self.e = e
        }

        /// Overwrites the secret ones.
        package mutating func wipe() {
            Cryptography.wipe(&d)
            Cryptography.wipe(&p)
            Cryptography.wipe(&q)
            Cryptography.wipe(&dP)
            Cryptography.wipe(&dQ)
            Cryptography.wipe(&qInv)
        }
    }

    /// Judges the size of modulus and exponent, both big-endian.
    static func requireStrength(modulus: borrowing Span<UInt8>, exponent: borrowing Span<UInt8>)
        throws(CryptographyError)
    {
        guard modulusBits.contains(bitCount(modulus)), bitCount(exponent) <= 64 else { throw .weakKey }
        var value: UInt64 = 0
        for index in exponent.indices { value = value << 8 | UInt64(exponent[index]) }
        guard value >= smallestExponent, value % 2 == 1 else { throw .weakKey }
    }

    private static func bitCount(_ number: borrowing Span<UInt8>) -> Int {
        var start = 0
        while start < number.count, number[start] == 0 { start += 1 }
        guard start < number.count else { return 0 }
        return (number.count - start) * 8 - number[start].leadingZeroBitCount
    }
}
