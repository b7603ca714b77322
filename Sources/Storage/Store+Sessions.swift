internal import Foundation
internal import GRDB

extension Store {
    /// Begins a session, and ends the account's oldest ones where it then has too many.
    ///
    /// - Parameters:
    ///   - passwordVersion: of the password that was verified.
    ///   - attempt: which is no failure, as is written in the same transaction.
    /// - Throws: ``StorageError/accountMissing`` where the account is gone or not active,
    ///   ``StorageError/passwordChanged`` where its password is another one by now, or what kept the database from writing.
    package nonisolated(nonsending) func insertSession(
        _ session: Session, passwordVersion: Int64, limits: SessionLimits, now: Int64, audit: AuditRecord? = nil,
        attempt: ReservedAttempt? = nil
    ) async throws(StorageError) -> InsertedSession {
        try await writer.write { [upkeep, attempts] db in
            guard let account = try Account.find(session.accountID, db), account.state == .active else {
                throw StorageError.accountMissing
            }
            guard account.passwordVersion == passwordVersion else { throw StorageError.passwordChanged }
            try upkeep.deleteSessions(db, limits: limits, now: now)
            try session.insert(db)
            let ended = try Self.endSurplus(of: account.id, limits: limits, now: now, db)
            if !ended.isEmpty { try upkeep.deleteRevocations(db, now: now, added: ended.count) }
            try upkeep.insert(audit, db)
            if let attempt { try attempts.accept(attempt, now: now, db) }
            return InsertedSession(account: account, ended: ended)
        }
    }

    /// The session of an id, in whatever state.
    package func findSession(_ id: SessionID) throws(StorageError) -> Session? {
        try read { try Session.find(id, $0) }
    }

    /// The session of a cookie and its account, each in whatever state.
    package func findCookieSession(tokenHash: [UInt8]) throws(StorageError) -> (session: Session, account: Account)? {
        try read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT \(Session.columns) FROM sessions WHERE token_hash = ? AND kind = 'cookie'")
            guard let row = try Row.fetchOne(statement, arguments: [Data(tokenHash)]) else { return nil }
            let session = try Session(row: row)
            guard let account = try Account.find(session.accountID, db) else { return nil }
            return (session, account)
        }
    }

    /// One page of the sessions of an account that live, newest first.
    ///
    /// - Parameters:
    ///   - id: where the page before ended; `nil` for the first.
    ///   - limit: 1 to 1,000.
    package func findSessions(
        of accountID: AccountID, after id: SessionID? = nil, limit: Int, limits: SessionLimits, now: Int64
    ) throws(StorageError) -> [Session] {
        precondition((1...1_000).contains(limit), "a page holds 1 to 1,000 sessions")
        return try read { db in
            var last = Int64.max
            if let id {
                let statement = try db.cachedStatement(sql: "SELECT seq FROM sessions WHERE id = ? AND account = ?")
                guard let found = try Int64.fetchOne(statement, arguments: [id.text, accountID.text]) else { return [] }
                last = found
            }
            let statement = try db.cachedStatement(
                sql: """
                    SELECT \(Session.columns) FROM sessions WHERE account = ? AND ended IS NULL AND seq < ?
                    ORDER BY seq DESC
                    """)
            let rows = try Row.fetchCursor(statement, arguments: [accountID.text, last])
            var sessions: [Session] = []
            while sessions.count < limit, let row = try rows.next() {
                let session = try Session(row: row)
                if !session.isExpired(by: limits, now: now) { sessions.append(session) }
            }
            return sessions
        }
    }

    /// Notes that a session was used. Nobody waits for it.
    package func touchSession(_ id: SessionID, now: Int64) {
        writer.enqueue { db in
            try db.cachedStatement(
                sql: "UPDATE sessions SET last_used = ?1 WHERE id = ?2 AND ended IS NULL AND last_used < ?1"
            ).execute(arguments: [now, id.text])
        }
    }

    /// Ends the oldest sessions beyond the limit. Expired ones do not count; where they pile up, a few are deleted.
    private static func endSurplus(
        of accountID: AccountID, limits: SessionLimits, now: Int64, _ db: Database
    ) throws -> [SessionID] {
        let unended = try Session.findUnended(of: accountID, db)
        guard unended.count > limits.perAccount else { return [] }
        let live = unended.filter { !$0.isExpired(by: limits, now: now) }
        for session in unended.reversed().filter({ $0.isExpired(by: limits, now: now) }).prefix(2 * Upkeep.step) {
            try db.cachedStatement(sql: "DELETE FROM sessions WHERE id = ?").execute(arguments: [session.id.text])
        }
        return try live.dropFirst(limits.perAccount).map {
            try $0.end(.tooMany, limits: limits, now: now, db).id
        }
    }
}
