internal import Cryptography
internal import Threading

/// What verified tokens say, so that a token that comes again costs a digest instead of a signature.
///
/// The key is the SHA-256 of the whole token: every byte counts, no token is kept, and what a look-up compares cannot be
/// steered byte by byte. Only tokens that are good get in, so garbage displaces nothing. A cache belongs to one verifier
/// and so to one set of keys; it knows nothing of time, which is checked at every use.
final class VerifiedTokenCache: Sendable {
    struct Key: Hashable {
        private let words: (UInt64, UInt64, UInt64, UInt64)

        init(_ token: borrowing Span<UInt8>) {
            let digest = SHA256.digest(token)
            func word(_ offset: Int) -> UInt64 { (0..<8).reduce(0) { $0 << 8 | UInt64(digest[offset + $1]) } }
            words = (word(0), word(8), word(16), word(24))
        }

        static func == (left: Key, right: Key) -> Bool { left.words == right.words }

        func hash(into hasher: inout Hasher) {
            hasher.combine(words.0)
            hasher.combine(words.1)
        }
    }

    /// A class, so that the lock is held for one reference and not for a dozen strings.
    final class Entry: Sendable {
        let registered: RegisteredClaims
        let claims: AccessTokenClaims

        init(registered: RegisteredClaims, claims: AccessTokenClaims) {
            self.registered = registered
            self.claims = claims
        }
    }

    /// Two generations: when the young one is full it becomes the old one, and what nobody has asked for since is gone.
    private struct Generations {
        var young: [Key: Entry] = [:]
        var old: [Key: Entry] = [:]
    }

    private let generationCapacity: Int
    private let generations = Locked(Generations())

    /// - Parameter capacity: the most tokens that are remembered, at least 2.
    init(capacity: Int) {
        precondition(capacity >= 2, "a cache holds something")
        generationCapacity = capacity / 2
    }

    func find(_ key: Key) -> Entry? {
        generations.withLock { generations in
            if let entry = generations.young[key] { return entry }
            guard let entry = generations.old[key] else { return nil }
            insert(entry, for: key, into: &generations)
            return entry
        }
    }

    func insert(_ entry: Entry, for key: Key) {
        generations.withLock { insert(entry, for: key, into: &$0) }
    }

    private func insert(_ entry: Entry, for key: Key, into generations: inout Generations) {
        if generations.young.count >= generationCapacity {
            generations.old = generations.young
            generations.young = [:]
        }
        generations.young[key] = entry
    }
}
