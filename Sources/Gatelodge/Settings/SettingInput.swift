internal import Cryptography

/// A value as it was given, before it is understood.
enum SettingInput: Sendable {
    /// From the environment, or a scalar of the file; `isQuoted` when the file says that it is a string.
    case text(String, isQuoted: Bool = false)
    /// The value of a secret variable, which never becomes a `String`.
    case secret(SecretBytes)
}
