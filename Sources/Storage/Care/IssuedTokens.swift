internal import GRDB

/// What a database knows of the access tokens that were made with it.
struct IssuedTokens: Sendable {
    /// The ids of accounts that may have one that is good still; `nil` where nobody can say.
    var accounts: Set<String>?
    var highestEpoch: Int64 = 0

    /// How long the longest-lived one is good, leeway included.
    var longestSeconds: Int64

    /// Nothing is known.
    init(lifetimeSeconds: Int64) {
        longestSeconds = lifetimeSeconds
    }

    /// Each token belongs to a session, which was used when it was issued, or within the grace period before.
    init(_ db: Database, lifetimeSeconds: Int64, now: Int64) throws {
        self.init(lifetimeSeconds: lifetimeSeconds)
        // The first schema knew neither sessions nor epochs.
        guard try Schema.readVersion(db).version >= 2 else { return }
        highestEpoch = try Int64.fetchOne(db, sql: "SELECT MAX(epoch) FROM accounts") ?? 0
        let ofKeys = try Int64.fetchOne(db, sql: "SELECT MAX(longest_lifetime) FROM signing_keys") ?? 0
        // Those that a secret signed have no key here.
        let ofAll = try Int64.fetchOne(
            db, sql: "SELECT CAST(value AS INTEGER) FROM instance WHERE name = 'longest_lifetime'")
        longestSeconds = max(lifetimeSeconds, saturatingSum(max(ofKeys, ofAll ?? 0), Self.leewaySeconds))
        let earliest = saturatingSum(now, -saturatingSum(longestSeconds, Self.longestGraceSeconds))
        accounts = try String.fetchSet(
            db, sql: "SELECT DISTINCT account FROM sessions WHERE last_used >= ?", arguments: [earliest])
    }

    /// Of the clocks, one of which may have been an hour ahead.
    private static let leewaySeconds: Int64 = 3_660

    /// The most that the setting `session.refresh_grace` may be.
    private static let longestGraceSeconds: Int64 = 3_600
}
