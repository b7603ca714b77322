package import FastCGI

extension Request {
    /// The credential: a token, or else the session cookie.
    ///
    /// - Throws: ``ErrorReply`` with 401 where there is none, with 400 where there are two that differ.
    package func credential() throws(ErrorReply) -> Credential {
        if let token = try token() { return .token(token) }
        if let cookie = try sessionCookie() { return .cookie(cookie) }
        throw .missingToken
    }

    /// The access token of the `Authorization` field: bare, or behind the scheme `Bearer` (RFC 6750 §2.1), whose case
    /// does not matter (RFC 9110 §11.1).
    ///
    /// Hosts that keep the field from applications hand it over under a name of their own; see ``authorizationNames``.
    private func token() throws(ErrorReply) -> ArraySlice<UInt8>? {
        guard let value = try authorization() else { return nil }
        let token = value.droppingBearer()
        // A scheme alone is no reason to look for a cookie: whoever sends the field means it.
        guard !token.isEmpty else { throw .missingToken }
        return token
    }

    /// The `Authorization` field, without blanks at its ends; nil where it is absent or empty.
    func authorization() throws(ErrorReply) -> ArraySlice<UInt8>? {
        var found: ArraySlice<UInt8>?
        for name in Self.authorizationNames {
            guard let value = parameters.bytes(of: name)?.trimmingBlanks(), !value.isEmpty else { continue }
            guard found == nil || found == value else { throw .differingCredentials }
            found = value
        }
        return found
    }

    /// The usual name, and those that Apache gives a field that it hides, once for each internal redirect.
    private static let authorizationNames = [
        "HTTP_AUTHORIZATION", "REDIRECT_HTTP_AUTHORIZATION", "REDIRECT_REDIRECT_HTTP_AUTHORIZATION",
    ]
}

extension ArraySlice<UInt8> {
    /// Without spaces and tabs at its ends (OWS, RFC 9110 §5.6.3).
    func trimmingBlanks() -> ArraySlice {
        let start = drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        let end = start.lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return end.map { start[...$0] } ?? []
    }

    /// The rest behind `Bearer` and blanks; everything where that is not the scheme.
    fileprivate func droppingBearer() -> ArraySlice {
        let scheme = "bearer".utf8
        let isBearer = count >= scheme.count && zip(self, scheme).allSatisfy { $0 | 0x20 == $1 }
        guard isBearer else { return self }
        let rest = dropFirst(scheme.count)
        guard let next = rest.first else { return [] }
        return next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") ? rest.trimmingBlanks() : self
    }
}
