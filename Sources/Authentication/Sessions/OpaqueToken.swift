internal import Cryptography
internal import JWT

/// 32 random bytes behind a prefix that says what they are for. Only the digest is stored; never printed.
struct OpaqueToken: Sendable, CustomStringConvertible, CustomReflectable {
    /// What it opens. One kind is never taken for another.
    enum Kind: String, CaseIterable {
        case cookie = "glc_"
        case invite = "gli_"
        case serviceSecret = "gls_"
    }

    private static let byteCount = 32
    private static let textCount = 4 + (byteCount * 4 + 2) / 3

    /// What the holder has.
    let text: String

    /// A fresh one from the system's generator.
    init(_ kind: Kind) {
        text = kind.rawValue + Base64URL.encode(randomBytes(Self.byteCount).span)
    }

    /// Reads one of a kind; anything else is none.
    init?(parsing text: String, as kind: Kind) {
        guard Self.isWellFormed(text.utf8.span, as: kind) else { return nil }
        self.text = text
    }

    /// Whether some text could be one of a kind.
    static func isWellFormed(_ text: borrowing Span<UInt8>, as kind: Kind) -> Bool {
        guard text.count == textCount else { return false }
        for (index, letter) in kind.rawValue.utf8.enumerated() where text[index] != letter { return false }
        return Base64URL.decode(text.extracting(last: textCount - 4)) != nil
    }

    /// What is stored of it.
    var digest: [UInt8] { tokenDigest(text.utf8.span) }

    var description: String { "<redacted>" }

    /// Keeps `dump` from the token as well.
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// The SHA-256 of a token's text: what tables hold of tokens that are as random as keys.
func tokenDigest(_ text: borrowing Span<UInt8>) -> [UInt8] {
    let digest = SHA256.digest(text)
    return digest.indices.map { digest[$0] }
}
