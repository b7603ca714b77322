internal import GRDB

extension Store {
    /// Ends one session and revokes its access tokens. So it does with an expired one, whose last access token may still be good.
    ///
    /// - Parameter accountID: whose it must be; `nil` for anybody's.
    /// - Returns: `false` where there is none, it is another's, or it had ended or expired already.
    package nonisolated(nonsending) func endSession(
        _ id: SessionID, of accountID: AccountID?, reason: SessionEndReason, limits: SessionLimits, now: Int64,
        audit: AuditRecord? = nil
    ) async throws(StorageError) -> Bool {
        try await writer.write { [upkeep] db in
            guard let session = try Session.find(id, db), accountID == nil || session.accountID == accountID,
                session.end == nil
            else { return false }
            _ = try session.end(reason, limits: limits, now: now, db)
            try upkeep.deleteRevocations(db, now: now)
            guard !session.isExpired(by: limits, now: now) else { return false }
            try upkeep.insert(audit, db)
            return true
        }
    }

    /// Ends all sessions of an account but one, and revokes their access tokens.
    ///
    /// - Returns: those that ended, newest first.
    package nonisolated(nonsending) func endSessions(
        of accountID: AccountID, except kept: SessionID? = nil, reason: SessionEndReason, limits: SessionLimits,
        now: Int64, audit: AuditRecord? = nil
    ) async throws(StorageError) -> [SessionID] {
        try await writer.write { [upkeep] db in
            let ended = try Self.endSessions(
                of: accountID, except: kept, reason: reason, limits: limits, now: now, upkeep, db)
            try upkeep.insert(audit, db)
            return ended
        }
    }

    /// The same within the caller's transaction.
    static func endSessions(
        of accountID: AccountID, except kept: SessionID?, reason: SessionEndReason, limits: SessionLimits, now: Int64,
        _ upkeep: Upkeep, _ db: Database
    ) throws -> [SessionID] {
        let ended = try Session.findUnended(of: accountID, db).filter { $0.id != kept }.map {
            try $0.end(reason, limits: limits, now: now, db).id
        }
        try upkeep.deleteRevocations(db, now: now, added: ended.count)
        return ended
    }
}
