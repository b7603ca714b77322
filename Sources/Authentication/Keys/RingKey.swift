internal import JWT

/// A key pair of the database, opened, and when it does what.
struct RingKey: Sendable {
    let key: SigningKey
    let createdUnixSeconds: Int64

    /// It signs from here on, until a later key does.
    let signsFromUnixSeconds: Int64

    /// It signs nothing from here on.
    let retiredUnixSeconds: Int64?

    /// Of any token that it signed.
    let longestLifetimeSeconds: Int64

    var keyID: String { key.keyID }

    /// The order in which keys take over from each other; the same in every process.
    static func precedes(_ left: RingKey, _ right: RingKey) -> Bool {
        (left.signsFromUnixSeconds, left.createdUnixSeconds, left.keyID)
            < (right.signsFromUnixSeconds, right.createdUnixSeconds, right.keyID)
    }

    /// Retired before its time came.
    var neverSigns: Bool {
        guard let retiredUnixSeconds else { return false }
        return retiredUnixSeconds <= signsFromUnixSeconds
    }
}
