/// Where a page came from, as browsers say it in `Origin` (RFC 6454 §6.2): scheme, host and port.
public struct WebOrigin: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`.
    let scheme: String
    /// In lower case.
    let host: String
    /// That of the scheme where none is written.
    let port: Int

    /// Nil for anything but an origin of the web: `null`, another scheme, a path.
    public init?(_ text: String) {
        guard let colon = text.firstRange(of: "://") else { return nil }
        scheme = text[..<colon.lowerBound].lowercased()
        guard let defaultPort = ["http": 80, "https": 443][scheme],
            let authority = Authority(text[colon.upperBound...])
        else { return nil }
        host = authority.host
        port = authority.port ?? defaultPort
    }

    /// As browsers write it.
    public var description: String {
        scheme + "://" + host + (port == (scheme == "https" ? 443 : 80) ? "" : ":\(port)")
    }

    /// Whether a page of this origin asks its own server.
    ///
    /// - Parameter scheme: the request's, where it is known. A proxy that ends TLS hides it, so only `https` says something.
    func isOwn(host text: String, scheme: String?) -> Bool {
        guard let own = Authority(text), own.host == host, own.port ?? (self.scheme == "https" ? 443 : 80) == port
        else {
            return false
        }
        return scheme != "https" || self.scheme == "https"
    }
}
