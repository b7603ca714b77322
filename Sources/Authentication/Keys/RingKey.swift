package import JWT

/// A key pair of the database, opened, and when it does what.
package struct RingKey: Sendable {
    package let key: SigningKey
    package let createdUnixSeconds: Int64

    /// It signs from here on, until a later key does.
    package let signsFromUnixSeconds: Int64

    /// It signs nothing from here on.
    package let retiredUnixSeconds: Int64?

    /// Of any token that it signed.
    package let longestLifetimeSeconds: Int64

    package init(
        key: SigningKey, createdUnixSeconds: Int64, signsFromUnixSeconds: Int64, retiredUnixSeconds: Int64? = nil,
        longestLifetimeSeconds: Int64
    ) {
        self.key = key
        self.createdUnixSeconds = createdUnixSeconds
        self.signsFromUnixSeconds = signsFromUnixSeconds
        self.retiredUnixSeconds = retiredUnixSeconds
        self.longestLifetimeSeconds = longestLifetimeSeconds
    }

    package var keyID: String { key.keyID }

    /// The order in which keys take over from each other; the same in every process.
    package static func precedes(_ left: RingKey, _ right: RingKey) -> Bool {
        (left.signsFromUnixSeconds, left.createdUnixSeconds, left.keyID)
            < (right.signsFromUnixSeconds, right.createdUnixSeconds, right.keyID)
    }

    /// Retired before its time came.
    package var neverSigns: Bool {
        guard let retiredUnixSeconds else { return false }
        return retiredUnixSeconds <= signsFromUnixSeconds
    }
}
