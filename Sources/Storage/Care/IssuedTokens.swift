internal import GRDB

/// What a database knows of the access tokens that were made with it.
struct IssuedTokens: Sendable {
    /// The ids of all accounts.
    var accounts: [String] = []
    var highestEpoch: Int64 = 0

    /// How long the longest-lived one is good, leeway included.
    var longestSeconds: Int64 = 0

    init() {}

    /// Of whatever schema; the first one knew no epochs.
    init(_ db: Database) throws {
        accounts = try String.fetchAll(db, sql: "SELECT id FROM accounts")
        guard try Schema.readVersion(db).version >= 2 else { return }
        highestEpoch = try Int64.fetchOne(db, sql: "SELECT MAX(epoch) FROM accounts") ?? 0
        let ofKeys = try Int64.fetchOne(db, sql: "SELECT MAX(longest_lifetime) FROM signing_keys") ?? 0
        // Those that a secret signed have no key here.
        let ofAll = try Int64.fetchOne(
            db, sql: "SELECT CAST(value AS INTEGER) FROM instance WHERE name = 'longest_lifetime'")
        longestSeconds = saturatingSum(max(ofKeys, ofAll ?? 0), Self.leewaySeconds)
    }

    /// Of the clocks, one of which may have been an hour ahead.
    private static let leewaySeconds: Int64 = 3660
}
