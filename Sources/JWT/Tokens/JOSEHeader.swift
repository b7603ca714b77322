internal import JSON

/// The header of a compact JWS (RFC 7515 §4), as far as we act on it.
///
/// `jwk`, `jku`, `x5u`, `x5c`, `x5t` and every unknown parameter are ignored, as RFC 7515 §4 asks of those that are not
/// understood: keys come from our own set, never from a token, and nothing is ever fetched.
public struct JOSEHeader: Sendable, Equatable {
    /// `alg` (RFC 7515 §4.1.1)
    public let algorithm: SignatureAlgorithm
    /// `kid` (RFC 7515 §4.1.4): only looked up among our keys.
    public let keyID: String?
    /// `typ` (RFC 7515 §4.1.9)
    public let type: String?

    /// Reads a header and refuses whatever would change the meaning of the rest.
    init(parsing text: borrowing Span<UInt8>) throws(JWTError) {
        let header = try JSONObject(parsing: text, orThrow: .malformedHeader)
        guard let name = try header.string("alg", orThrow: .malformedHeader) else { throw .malformedHeader }
        // An enum's raw values are compared by canonical equivalence, but no ASCII letter or digit of these has another form.
        guard let algorithm = SignatureAlgorithm(rawValue: name) else { throw .unsupportedAlgorithm }
        if header["b64"] != nil { throw .unencodedPayload }
        if header["crit"] != nil { throw .criticalHeader }
        if header["zip"] != nil { throw .compressedPayload }
        if let contentType = try header.string("cty", orThrow: .malformedHeader), isMediaType(contentType, "jwt") {
            throw .nestedToken
        }
        self.algorithm = algorithm
        keyID = try header.string("kid", orThrow: .malformedHeader)
        type = try header.string("typ", orThrow: .malformedHeader)
    }

    /// Refuses a token that was not issued as an access token (RFC 9068 §4).
    public func requireAccessToken() throws(JWTError) {
        guard let type, isMediaType(type, "at+jwt") else { throw .wrongType }
    }
}

/// Media types are told apart without regard to case, and `application/` may be left out (RFC 7515 §4.1.9).
private func isMediaType(_ text: String, _ subtype: String) -> Bool {
    let lowercased = text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return lowercased.elementsEqual(subtype.utf8) || lowercased.elementsEqual("application/\(subtype)".utf8)
}
