/// Why some bytes are no password at all.
package enum PasswordFault: Error, Sendable, Hashable {
    /// More than ``Password/maximumBytes``.
    case tooLong
    /// Many hashing programs stop at one (OWASP Password Storage Cheat Sheet), so none is ever let in.
    case containsNUL
    /// The caller's decoder should have refused it.
    case notUTF8
}
