internal import Cryptography

/// A token in compact form whose signature has been verified, and nothing else about it (RFC 7515 §7.1).
///
/// ``AccessTokenVerifier`` builds on it. Use it alone only for payloads that are not claims.
public struct CompactJWS: Sendable {
    /// The longest token that is read, in bytes.
    public static let maximumTokenBytes = 4096

    /// What the header says.
    public let header: JOSEHeader
    /// The header's JSON text, decoded.
    public let headerBytes: [UInt8]
    /// The payload, decoded: any bytes whatsoever.
    public let payload: [UInt8]

    /// Splits a token, chooses its key and verifies its signature (RFC 7515 §5.2).
    ///
    /// The payload is not decoded before the signature is known to be good.
    public init(verifying token: borrowing Span<UInt8>, keys: KeySet) throws(JWTError) {
        guard token.count <= CompactJWS.maximumTokenBytes else { throw .tokenTooLong }
        let (firstDot, secondDot) = try CompactJWS.findDots(token)
        guard let headerBytes = Base64URL.decode(token.extracting(0..<firstDot)) else { throw .invalidBase64URL }
        let header = try JOSEHeader(parsing: headerBytes.span)
        let key = try keys.key(for: header)
        guard let signature = Base64URL.decode(token.extracting(secondDot + 1..<token.count)) else {
            throw .invalidBase64URL
        }
        guard key.isValid(signature.span, for: token.extracting(0..<secondDot)) else { throw .invalidSignature }
        guard let payload = Base64URL.decode(token.extracting(firstDot + 1..<secondDot)) else {
            throw .invalidBase64URL
        }
        self.header = header
        self.headerBytes = headerBytes
        self.payload = payload
    }

    /// Puts a token together (RFC 7515 §5.1). `header` is encoded already; it must name the key's algorithm.
    static func sign(payload: borrowing Span<UInt8>, encodedHeader: [UInt8], key: SigningKey) -> String {
        var token = encodedHeader
        token.append(UInt8(ascii: "."))
        Base64URL.append(payload, to: &token)
        let signature = key.sign(token.span)
        token.append(UInt8(ascii: "."))
        Base64URL.append(signature.span, to: &token)
        return String(decoding: token, as: UTF8.self)
    }

    private static func findDots(_ token: borrowing Span<UInt8>) throws(JWTError) -> (first: Int, second: Int) {
        var dots = (first: 0, second: 0)
        var count = 0
        for index in token.indices where token[index] == UInt8(ascii: ".") {
            count += 1
            if count == 1 { dots.first = index } else if count == 2 { dots.second = index }
        }
        switch count {
        case 2: return dots
        case 4: throw .encryptedToken
        default: throw .notCompact
        }
    }
}
