internal import Foundation
internal import GRDB

/// One row of the table `throttle`.
struct ThrottleCount {
    /// How long an address counts as the account's own after a login.
    static let knownSeconds: Int64 = 30 * 86_400

    /// Failures since the last success; those of an address are in ``time`` alone.
    var failures: Int64 = 0
    /// Of the last failure; of an address the time at which its whole budget is there again.
    var time: Int64 = 0
    /// Of the last success; `nil` where there was none.
    var success: Int64?

    static func find(_ key: ThrottleKey, _ db: Database) throws -> ThrottleCount? {
        let statement = try db.cachedStatement(sql: "SELECT failures, time, success FROM throttle WHERE key = ?")
        return try statement.fetchFirst([Data(key.bytes)]) { columns in
            ThrottleCount(
                failures: try columns.next("failures"), time: try columns.next("time"),
                success: try columns.next("success", Int64?.self))
        }
    }

    /// - Parameter account: whose count from one address this is, so that it can be found from the account.
    func save(_ key: ThrottleKey, of account: ThrottleKey? = nil, expires: Int64, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO throttle (key, account, failures, time, success, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT (key) DO UPDATE SET failures = ?3, time = ?4, success = ?5, expires = ?6
                """
        ).execute(arguments: [
            Data(key.bytes), account.map { Data($0.bytes) }, failures, time, success, expires,
        ])
    }

    /// Saves the count of an account, or of an account from one address; a row that says nothing goes.
    func save(_ key: ThrottleKey, of attempt: AttemptKeys, _ limits: ThrottleLimits, _ db: Database) throws {
        guard failures > 0 || success != nil else { return try Self.delete(key, db) }
        let account = key == attempt.account ? nil : attempt.account
        try save(key, of: account, expires: expiry(limits), db)
    }

    static func delete(_ key: ThrottleKey, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM throttle WHERE key = ?").execute(arguments: [Data(key.bytes)])
    }

    /// Forgets the failures of an account, and those from each address. Where it has logged in from stays known.
    static func clear(_ account: ThrottleKey, _ db: Database) throws {
        try delete(account, db)
        try db.cachedStatement(sql: "UPDATE throttle SET failures = 0 WHERE account = ?")
            .execute(arguments: [Data(account.bytes)])
    }

    /// Whether the account has logged in from this address of late. A clock that was set back forgets nobody.
    func isKnown(at now: Int64) -> Bool {
        success.map { elapsedSeconds(from: $0, to: now) < Self.knownSeconds } ?? false
    }

    /// What is remembered of the failures: nothing after a long time.
    ///
    /// - Returns: whether the last one lay ahead, because a clock has been put back since. It counts as now, and that has to be
    ///   saved, or the wait would begin again at each attempt until then.
    mutating func forget(at now: Int64, limits: ThrottleLimits) -> Bool {
        if elapsedSeconds(from: time, to: now) >= limits.memorySeconds { failures = 0 }
        guard time > now else { return false }
        time = now
        return true
    }

    /// How long until one more may be tried, `0` for now.
    ///
    /// - Parameter first: the wait after `limit` failures; each one more doubles it.
    func wait(at now: Int64, limit: Int64, first: Int64, longest: Int64) -> Int64 {
        guard failures >= limit else { return 0 }
        let doublings = min(failures - limit, 40)
        let (product, overflow) = first.multipliedReportingOverflow(by: 1 << doublings)
        let wait = overflow ? longest : min(product, longest)
        return max(0, wait - max(0, elapsedSeconds(from: time, to: now)))
    }

    func expiry(_ limits: ThrottleLimits) -> Int64 {
        let failuresEnd = failures > 0 ? saturatingSum(time, limits.memorySeconds) : .min
        return max(failuresEnd, success.map { saturatingSum($0, Self.knownSeconds) } ?? .min)
    }
}
