/// One login that goes on, as the table `sessions` holds it.
package struct Session: Sendable, Equatable {
    /// What the client holds.
    package enum Kind: String, Sendable {
        /// A refresh token, which changes with each use.
        case refresh
        /// An opaque cookie, which stays.
        case cookie
    }

    /// How it came to an end.
    package struct End: Sendable, Equatable {
        package let reason: SessionEndReason
        package let unixSeconds: Int64

        package init(reason: SessionEndReason, unixSeconds: Int64) {
            self.reason = reason
            self.unixSeconds = unixSeconds
        }
    }

    package let id: SessionID
    package let accountID: AccountID
    package let kind: Kind

    /// SHA-256 of the refresh token or cookie that is valid now. Never printed.
    package let tokenHash: [UInt8]

    /// How often the refresh token has been rotated.
    package let generation: Int64

    /// When the last rotations were, oldest first, as far as their grace period may still run. The last one made
    /// ``generation``, the one before it the generation before, and so on.
    package let rotations: [Int64]

    package let createdUnixSeconds: Int64
    package let lastUsedUnixSeconds: Int64

    /// When the password was given (claim `auth_time`).
    package let authenticatedUnixSeconds: Int64

    package let address: String
    package let userAgent: String

    /// `nil` while it goes on.
    package let end: End?

    package init(
        id: SessionID, accountID: AccountID, kind: Kind, tokenHash: [UInt8], generation: Int64 = 0,
        rotations: [Int64] = [], createdUnixSeconds: Int64, lastUsedUnixSeconds: Int64, authenticatedUnixSeconds: Int64,
        address: String, userAgent: String, end: End? = nil
    ) {
        self.id = id
        self.accountID = accountID
        self.kind = kind
        self.tokenHash = tokenHash
        self.generation = generation
        self.rotations = rotations
        self.createdUnixSeconds = createdUnixSeconds
        self.lastUsedUnixSeconds = lastUsedUnixSeconds
        self.authenticatedUnixSeconds = authenticatedUnixSeconds
        self.address = address
        self.userAgent = userAgent
        self.end = end
    }

    /// Whether its idle or its absolute lifetime has passed. A clock that was set back expires nothing.
    package func isExpired(by limits: SessionLimits, now: Int64) -> Bool {
        expirySeconds(by: limits) <= now
    }

    /// The first second in which it is expired, unless it is used before.
    package func expirySeconds(by limits: SessionLimits) -> Int64 {
        Self.expirySeconds(created: createdUnixSeconds, lastUsed: lastUsedUnixSeconds, limits)
    }

    static func expirySeconds(created: Int64, lastUsed: Int64, _ limits: SessionLimits) -> Int64 {
        min(saturatingSum(lastUsed, limits.idleSeconds), saturatingSum(created, limits.absoluteSeconds))
    }
}

extension Session: CustomStringConvertible, CustomReflectable {
    package var description: String { "session \(id) (\(kind), generation \(generation))" }

    /// Keeps `dump` from the hash, and from where the user was.
    package var customMirror: Mirror { Mirror(self, children: ["id": id.text, "generation": generation]) }
}
