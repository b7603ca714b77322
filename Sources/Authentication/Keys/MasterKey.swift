internal import Cryptography

/// 32 bytes from which the keys that never leave this machine are derived; wiped when the last owner lets go of it.
struct MasterKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// What a derived key is for. Raw values are what is hashed: they never change.
    enum Purpose: String {
        /// Seals the private parts of signing keys.
        case sealing = "gatelodge sealing of signing keys"
        /// Derives a refresh token's successor.
        case refreshSuccessor = "gatelodge successor of a refresh token"
        /// Proves that a refresh token is one of ours.
        case refreshTag = "gatelodge tag of a refresh token"
    }

    private let secret: SecretBytes

    /// Takes a copy; the caller wipes its own.
    init(_ bytes: borrowing Span<UInt8>) {
        secret = SecretBytes(copying: bytes)
    }

    /// The key of one purpose, which tells nothing of another's (HMAC as a pseudorandom function, RFC 5869 §2.3).
    func derive(_ purpose: Purpose) -> SecretBytes {
        secret.withSpan { secret in
            let code = HMACSHA256(key: secret).authenticationCode(for: purpose.rawValue.utf8.span)
            return SecretBytes(copying: code.span)
        }
    }

    /// What computes authentication codes with the key of one purpose.
    func authenticator(_ purpose: Purpose) -> HMACSHA256 {
        derive(purpose).withSpan { key in HMACSHA256(key: key) }
    }

    var description: String { "<redacted>" }

    /// Keeps `dump` from the key as well.
    var customMirror: Mirror { Mirror(self, children: []) }
}
