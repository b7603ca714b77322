internal import FastCGI
internal import HTTPTypes

/// The cookie that holds a browser's session.
enum SessionCookie {
    /// The prefix makes browsers keep others from setting it: it must be Secure, with Path=/ and without Domain
    /// (draft-ietf-httpbis-rfc6265bis §4.1.3.2).
    static let name = "__Host-gatelodge"
    /// On this machine itself, where there is no TLS and so no Secure cookie.
    static let nameWithoutTLS = "gatelodge"

    /// `Set-Cookie` for a session's value, which is of cookie octets alone; `maximumAgeSeconds` of 0 takes the cookie away.
    static func field(_ value: String, maximumAgeSeconds: Int64, for request: Request) -> HTTPField {
        let isPlain = request.isPlainLoopback
        let cookie = "\(isPlain ? nameWithoutTLS : name)=\(value); Path=/; Max-Age=\(maximumAgeSeconds)"
        return HTTPField(
            name: .setCookie, value: cookie + (isPlain ? "" : "; Secure") + "; HttpOnly; SameSite=Lax")
    }
}

extension Request {
    /// The value of the session cookie, or nil where there is none.
    ///
    /// - Throws: ``ErrorReply`` with 400 where it stands there twice with different values: somebody has planted one.
    func sessionCookie() throws(ErrorReply) -> ArraySlice<UInt8>? {
        if let value = try cookie(named: SessionCookie.name) { return value }
        return isPlainLoopback ? try cookie(named: SessionCookie.nameWithoutTLS) : nil
    }

    /// RFC 6265 §4.2.1. nginx before 1.23 sends a field for each that the client sent.
    private func cookie(named name: String) throws(ErrorReply) -> ArraySlice<UInt8>? {
        var found: ArraySlice<UInt8>?
        var isAmbiguous = false
        parameters.forEach(prefix: "HTTP_COOKIE") { field, value in
            guard field.count == "HTTP_COOKIE".utf8.count else { return }
            for pair in value.split(separator: UInt8(ascii: ";")) {
                guard let equals = pair.firstIndex(of: UInt8(ascii: "=")),
                    pair[..<equals].trimmingBlanks().elementsEqual(name.utf8)
                else { continue }
                let value = pair[(equals + 1)...].trimmingBlanks()
                if let other = found, other != value { isAmbiguous = true }
                found = value
            }
        }
        if isAmbiguous { throw .differingCredentials }
        return found
    }

    /// Whether client and server are on one machine and speak HTTP without TLS, as in development.
    ///
    /// A proxy of the same machine that ends TLS looks alike but for the host that the client asked for.
    var isPlainLoopback: Bool {
        guard parameters["REQUEST_SCHEME"] == "http", let address = remoteAddress,
            address == "::1" || address.hasPrefix("127."), let host = parameters["HTTP_HOST"]
        else { return false }
        let name = Authority(host)?.host
        return name == "localhost" || name == "[::1]" || name?.hasPrefix("127.") == true
    }
}
