internal import Storage

/// A password that has just been proved, and the hash of it that should be replaced.
struct PasswordUpgrade: Sendable {
    let account: AccountID

    /// Wiped when the last owner lets go of it.
    let password: Password

    /// The stored string that the password was verified against; nothing else is replaced.
    let verifiedHash: String
}
