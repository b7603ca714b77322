internal import GRDB
internal import Synchronization

/// Deletes what has become useless, a few rows at a time and within the writes that add new ones, so that no table
/// grows for ever and no background job is needed.
final class Upkeep: Sendable {
    /// How long an ended or expired session is remembered, so that its token gets the true reason.
    static let graveSeconds: Int64 = 30 * 86_400

    /// More than one write adds of a kind, so that a backlog shrinks.
    static let step = 4

    /// A refresh should not pay for looking at old rows of the audit: every one of so many rows does it for all.
    private static let auditTurn: Int64 = 16

    private let auditSeconds: Int64

    /// Where the search for expired sessions goes on: the `seq` of the last one that was looked at.
    private let swept = Atomic<Int64>(.min)

    init(auditSeconds: Int64, throttleRows: Int = .max) {
        self.auditSeconds = auditSeconds
        self.throttleRows = throttleRows
    }

    /// Ended sessions are found by index. Expired ones have none, for it would have to change with each refresh: each
    /// new session looks at the next few of all of them, and begins again at the end.
    func deleteSessions(_ db: Database, limits: SessionLimits, now: Int64) throws {
        try db.cachedStatement(
            sql: """
                DELETE FROM sessions WHERE seq IN
                    (SELECT seq FROM sessions WHERE ended IS NOT NULL AND ended <= ? ORDER BY ended LIMIT \(Self.step))
                """
        ).execute(arguments: [saturatingSum(now, -Self.graveSeconds)])
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT seq, created, last_used, ended IS NOT NULL AS ended FROM sessions WHERE seq > ?
                    ORDER BY seq LIMIT \(Self.step)
                    """),
            arguments: [swept.load(ordering: .relaxed)])
        for row in rows where try row.column("ended", Int64.self) == 0 {
            let expiry = Session.expirySeconds(
                created: try row.column("created"), lastUsed: try row.column("last_used"), limits)
            guard saturatingSum(expiry, Self.graveSeconds) <= now else { continue }
            try db.cachedStatement(sql: "DELETE FROM sessions WHERE seq = ?")
                .execute(arguments: [try row.column("seq", Int64.self)])
        }
        let last: Int64 = rows.count == Self.step ? try rows[Self.step - 1].column("seq") : .min
        swept.store(last, ordering: .relaxed)
    }

    /// A revocation that has expired revokes nothing any more: every access token that it names has expired as well.
    ///
    /// - Parameter added: how many the same write has added, for one may add many.
    func deleteRevocations(_ db: Database, now: Int64, added: Int = 1) throws {
        try db.cachedStatement(
            sql: """
                DELETE FROM revocations WHERE seq IN
                    (SELECT seq FROM revocations WHERE expires <= ? ORDER BY expires LIMIT ?)
                """
        ).execute(arguments: [now, Self.step * max(added, 1)])
    }

    func deleteInvites(_ db: Database, now: Int64) throws {
        try db.cachedStatement(
            sql: """
                DELETE FROM invites WHERE code_hash IN
                    (SELECT code_hash FROM invites WHERE expires <= ? ORDER BY expires LIMIT \(Self.step))
                """
        ).execute(arguments: [now])
    }

    /// Whoever guesses under ever new names must not fill the disk: beyond so many rows those go that would expire first.
    private let throttleRows: Int
    private static let throttleTurn = 1_024
    private let throttleWrites = Atomic<Int>(0)

    func deleteThrottle(_ db: Database, now: Int64) throws {
        var (count, end) = (Self.step, now)
        // Counting reads a whole index, so it is done seldom.
        if throttleWrites.add(1, ordering: .relaxed).newValue.isMultiple(of: Self.throttleTurn) {
            let rows = try Int.fetchOne(db.cachedStatement(sql: "SELECT COUNT(*) FROM throttle")) ?? 0
            if rows > throttleRows { (count, end) = (rows - throttleRows, .max) }
        }
        try db.cachedStatement(
            sql: """
                DELETE FROM throttle WHERE key IN
                    (SELECT key FROM throttle WHERE expires <= ? ORDER BY expires LIMIT ?)
                """
        ).execute(arguments: [end, count])
    }

    func deleteAudit(_ db: Database, now: Int64) throws {
        try db.cachedStatement(
            sql: """
                DELETE FROM audit WHERE seq IN
                    (SELECT seq FROM audit WHERE time <= ? ORDER BY time LIMIT \(Int64(Self.step) * Self.auditTurn))
                """
        ).execute(arguments: [saturatingSum(now, -auditSeconds)])
    }

    /// Adds a row to the audit in the caller's transaction.
    func insert(_ record: AuditRecord?, _ db: Database) throws {
        guard let record else { return }
        try db.cachedStatement(
            sql: "INSERT INTO audit (\(AuditRecord.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            record.unixSeconds, record.event, record.result, record.accountID?.text, record.actor,
            record.sessionID?.text, record.address, record.requestID, record.detail,
        ])
        // The number says whose turn it is, so that short-lived processes take theirs as well.
        if db.lastInsertedRowID.isMultiple(of: Self.auditTurn) { try deleteAudit(db, now: record.unixSeconds) }
    }
}
