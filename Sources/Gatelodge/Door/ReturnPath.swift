package import FastCGI
internal import HTTPTypes

/// Where a browser comes back to after signing in: the page that it asked for, on this site and no other.
package struct ReturnPath {
    /// Path and query, still encoded as the browser sent them; `/` where those could lead anywhere else.
    package let path: String

    /// Reads the request that nginx asks about, which `REQUEST_URI` holds as the client sent it.
    package init(of request: Request) {
        path = request.parameters["REQUEST_URI"].flatMap { Self.isSafe($0) ? $0 : nil } ?? "/"
    }

    /// As the value of a query parameter: slashes and unreserved characters as they are, everything else as `%XX`.
    package var encoded: String { path.percentEncoded(keeping: \.isPlainInPath) }

    /// Browsers read `//host`, `/\host` and tabs inside as the beginning of another site (WHATWG URL §4.4), and what comes
    /// after may take `.` and `..` away first.
    private static func isSafe(_ target: String) -> Bool {
        guard target.utf8.count <= 2048, target.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }) else {
            return false
        }
        let segments = target.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count >= 2, segments[0].isEmpty, !segments.contains("."), !segments.contains("..") else {
            return false
        }
        return segments.count == 2 || !segments.dropFirst().dropLast().contains("")
    }
}

extension UInt8 {
    /// RFC 3986 §2.3, and the slash.
    fileprivate var isPlainInPath: Bool {
        switch self {
        case Self(ascii: "-"), Self(ascii: "."), Self(ascii: "_"), Self(ascii: "~"), Self(ascii: "/"): true
        default: isLetterOrDigit
        }
    }
}
