/// Private keys as text (RFC 7468 §10), one a text.
package enum PEM {
    /// The longest text that is read, in bytes: a key of 8,192 bits takes half of it.
    package static let maximumBytes = 16 * 1024

    /// How many letters a line has (RFC 7468 §2).
    private static let lineLetters = 64

    /// PKCS#8 of the one private key in a text, lent and then wiped.
    ///
    /// `PRIVATE KEY` is PKCS#8 already; `EC PRIVATE KEY` (RFC 5915 §4) and `RSA PRIVATE KEY` (RFC 8017 §A.1.2) get its
    /// frame. Encrypted keys are not read. Lines end with LF or CRLF; white space may stand before and after.
    /// - Throws: `malformedKey` for everything else.
    package static func lendPKCS8<Result>(
        _ text: borrowing Span<UInt8>, to body: (borrowing Span<UInt8>) -> Result
    ) throws(CryptographyError) -> Result {
        guard text.count <= maximumBytes else { throw .malformedKey }
        var reader = PEMReader()
        guard let label = reader.readLabel(text), var contents = reader.readContents(text, label: label) else {
            throw .malformedKey
        }
        defer { wipe(&contents) }
        guard reader.isAtEnd(text) else { throw .malformedKey }
        let algorithm: [UInt8]
        switch label {
        case "PRIVATE KEY": return body(contents.span)
        case "EC PRIVATE KEY": algorithm = P256.algorithmIdentifier
        case "RSA PRIVATE KEY": algorithm = RSA.algorithmIdentifier
        default: throw .malformedKey
        }
        return PKCS8.lend(
            algorithm: algorithm, capacity: contents.count, key: { $0.bytes(contents.span) }, to: body)
    }

    /// PKCS#8 as text, with a newline at its end; the caller wipes it.
    package static func encode(pkcs8 der: borrowing Span<UInt8>) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(der.count / 3 * 4 + der.count / 48 + 80)
        text += "-----BEGIN PRIVATE KEY-----\n".utf8
        var letters = 0
        var index = 0
        while index < der.count {
            let count = min(3, der.count - index)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (offset < count ? UInt32(der[index + offset]) : 0) }
            for place in 0..<4 {
                let value = Int(group >> UInt32(18 - 6 * place) & 0x3F)
                text.append(place <= count ? alphabet[value] : UInt8(ascii: "="))
            }
            index += count
            letters += 4
            if letters % lineLetters == 0 || index == der.count { text.append(UInt8(ascii: "\n")) }
        }
        text += "-----END PRIVATE KEY-----\n".utf8
        return text
    }
}
