/// ECDSA with SHA-256 on the curve P-256 (FIPS 186-5 §6, SEC 2 `secp256r1`).
///
/// Signatures are r and s as two big-endian numbers of 32 bytes each (IEEE P1363, RFC 7518 §3.4), never DER.
package enum P256 {
    /// How long a signature is, in bytes.
    package static let signatureBytes = 64

    /// How long a coordinate or a scalar is, in bytes.
    static let scalarBytes = 32

    /// n, the order of the group: signatures hold numbers from 1 to n − 1 (FIPS 186-5 §6.4.2).
    private static let order: [32 of UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ]

    /// Whether a big-endian number of 32 bytes is one of 1 … n − 1. Numbers in signatures are public: no constant time.
    static func isValidScalar(_ scalar: borrowing Span<UInt8>) -> Bool {
        guard scalar.count == scalarBytes else { return false }
        var isZero = true
        for index in scalar.indices where scalar[index] != 0 { isZero = false }
        if isZero { return false }
        for index in scalar.indices where scalar[index] != order[index] { return scalar[index] < order[index] }
        return false
    }
}
