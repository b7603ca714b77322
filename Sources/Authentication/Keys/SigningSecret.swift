internal import Cryptography

/// A secret from outside that signs tokens with HS256; wiped when its last owner lets go of it, never printed.
package struct SigningSecret: Sendable, CustomStringConvertible, CustomReflectable {
    /// RFC 7518 §3.2.
    package static let minimumBytes = 32

    /// 32 characters of random digits, the poorest alphabet in use, have this many different ones all but always.
    private static let minimumDistinctBytes = 5

    /// A secret written by repeating a word.
    private static let maximumPeriod = 8

    /// Long enough, and printed in documentation all over the world.
    private static let published = [
        "a-string-secret-at-least-256-bits-long", "your-256-bit-secret-your-256-bit-secret",
        "qwertyuiopasdfghjklzxcvbnm123456", "0123456789abcdef0123456789abcdef", "abcdefghijklmnopqrstuvwxyz123456",
        "your-super-secret-jwt-token-with-at-least-32-characters-long",
    ].map { Array($0.utf8) }

    private let secret: SecretBytes

    /// Takes a copy; the caller wipes its own.
    package init(copying bytes: borrowing Span<UInt8>) throws(AuthenticatorStartError) {
        guard bytes.count >= Self.minimumBytes else {
            throw .secretTooShort(bytes: bytes.count, minimum: Self.minimumBytes)
        }
        guard !Self.isGuessable(bytes) else { throw .secretGuessable }
        secret = SecretBytes(copying: bytes)
    }

    /// Lends the secret for the length of one call.
    func withBytes<Result, Failure>(
        _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try secret.withSpan(body)
    }

    package var description: String { "<redacted>" }

    /// Keeps `dump` from the secret as well.
    package var customMirror: Mirror { Mirror(self, children: []) }

    private static func isGuessable(_ bytes: borrowing Span<UInt8>) -> Bool {
        var seen = [Bool](repeating: false, count: 256)
        for index in bytes.indices { seen[Int(bytes[index])] = true }
        if seen.count(where: { $0 }) < minimumDistinctBytes { return true }
        for period in 1...maximumPeriod where (period..<bytes.count).allSatisfy({ bytes[$0] == bytes[$0 - period] }) {
            return true
        }
        return published.contains { constantTimeEquals($0.span, bytes) }
    }
}
