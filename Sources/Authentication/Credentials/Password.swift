internal import Cryptography

/// A password in the form in which it is hashed: UTF-8 in NFC (NIST SP 800-63B §3.1.1.2), wiped when its last owner
/// lets go of it, never printed.
///
/// Nothing is trimmed, folded or cut: outer white space and case count. Whether it is good enough is ``PasswordPolicy``'s
/// question, asked when one is set; at login any will do.
package struct Password: Sendable, CustomStringConvertible, CustomReflectable {
    /// Of the normalised form.
    package static let maximumBytes = 1_024

    /// NFD is at most three times as long as NFC in UTF-8 (UAX #15 §12), so no password that is short enough is refused
    /// for the form in which a keyboard sends it.
    private static let maximumRawBytes = 3 * maximumBytes

    /// How long it is, as a person counts; of the normalised form.
    package let codePointCount: Int

    private let secret: SecretBytes

    /// Reads the bytes that a client sent. Too long ones are refused before any work.
    package init(parsing bytes: borrowing Span<UInt8>) throws(PasswordFault) {
        guard bytes.count <= Self.maximumRawBytes else { throw .tooLong }
        guard !bytes.indices.contains(where: { bytes[$0] == 0 }) else { throw .containsNUL }
        guard var normalised = UnicodeForm.nfc.apply(to: bytes) else { throw .notUTF8 }
        defer { wipe(&normalised) }
        guard normalised.count <= Self.maximumBytes else { throw .tooLong }
        // Every byte that does not continue a code point begins one.
        codePointCount = normalised.count { $0 & 0b1100_0000 != 0b1000_0000 }
        secret = SecretBytes(copying: normalised.span)
    }

    /// The same for text that has already been decoded.
    package init(parsing text: String) throws(PasswordFault) {
        guard text.utf8.count <= Self.maximumRawBytes else { throw .tooLong }
        var bytes = Array(text.utf8)
        defer { wipe(&bytes) }
        try self.init(parsing: bytes.span)
    }

    /// Lends the normalised bytes for the length of one call.
    package func withBytes<Result, Failure>(
        _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try secret.withSpan(body)
    }

    /// The normalised bytes, for whoever keeps them as they are kept here.
    var bytes: SecretBytes { secret }

    /// A copy for a call that suspends; the caller wipes it.
    func copiedBytes() -> [UInt8] {
        withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    /// Never the password, nor its length.
    package var description: String { "<redacted>" }

    /// Keeps `dump` from the password as well.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
