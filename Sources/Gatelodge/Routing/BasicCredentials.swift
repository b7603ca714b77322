internal import FastCGI
internal import Foundation

/// A name and its secret from `Authorization: Basic …` (RFC 7617), as services show them.
package struct BasicCredentials: Sendable, CustomStringConvertible {
    package let name: String
    package let secret: String

    /// Longer than any service's name and secret.
    private static let maximumBytes = 1024

    /// Nil for another scheme and for anything malformed.
    package init?(_ field: ArraySlice<UInt8>) {
        let scheme = "basic ".utf8
        guard field.count <= Self.maximumBytes, field.count > scheme.count,
            zip(field, scheme).allSatisfy({ $0 | 0x20 == $1 }),
            // Strict: no other characters, and padded.
            let bytes = Data(base64Encoded: Data(field.dropFirst(scheme.count).trimmingBlanks())),
            // RFC 7617 §2: no control characters, and the name ends at the first colon.
            bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), let text = String(validating: bytes, as: UTF8.self),
            let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        name = String(text[..<colon])
        secret = String(text[text.utf8.index(after: colon)...])
        if name.isEmpty { return nil }
    }

    /// Never the secret.
    package var description: String { "\(name):<redacted>" }
}

extension Request {
    /// The name and secret that a service shows.
    ///
    /// - Throws: ``ErrorReply`` with 400 for two fields that differ.
    func basicCredentials() throws(ErrorReply) -> BasicCredentials? {
        try authorization().flatMap { BasicCredentials($0) }
    }
}
