internal import Foundation
internal import GRDB

extension Store {
    /// Exchanges a refresh token for its successor. The caller has made sure that the token is genuine, and derives
    /// the successor from it, so that a repeat needs nothing from here but leave.
    ///
    /// Of any number of calls with one token, in whatever process, exactly one rotates.
    ///
    /// - Parameters:
    ///   - generation: the one that the token names.
    ///   - presented: SHA-256 of the token.
    ///   - successor: SHA-256 of its successor.
    ///   - audit: the row for an outcome, written in the same transaction.
    package nonisolated(nonsending) func rotateRefreshToken(
        session id: SessionID, generation: Int64, presented: [UInt8], successor: [UInt8], limits: SessionLimits,
        now: Int64, audit: @escaping @Sendable (RefreshOutcome) -> AuditRecord? = { _ in nil }
    ) async throws(StorageError) -> RefreshOutcome {
        try await writer.write { [upkeep] db in
            guard let session = try Session.find(id, db), session.kind == .refresh else {
                try upkeep.insert(audit(.unknown), db)
                return .unknown
            }
            let outcome = try Self.rotate(
                session, generation: generation, presented: presented, successor: successor, limits: limits, now: now,
                upkeep, db)
            try upkeep.insert(audit(outcome), db)
            return outcome
        }
    }

    private static func rotate(
        _ session: Session, generation: Int64, presented: [UInt8], successor: [UInt8], limits: SessionLimits,
        now: Int64, _ upkeep: Upkeep, _ db: Database
    ) throws -> RefreshOutcome {
        if session.end != nil { return .ended(session) }
        guard let account = try Account.find(session.accountID, db), account.state == .active else {
            // Disabled by a binary that knows no sessions: what it left undone is done now.
            return .ended(try session.end(.accountDisabled, limits: limits, now: now, db))
        }
        if session.isExpired(by: limits, now: now) { return .expired(session) }
        if generation < session.generation {
            if session.isWithinGrace(generation: generation, limits: limits, now: now) {
                return .repeated(session, account)
            }
            let ended = try session.end(.tokenReused, limits: limits, now: now, db)
            try upkeep.deleteRevocations(db, now: now)
            return .reused(ended)
        }
        guard generation == session.generation else { return .unknown }
        let rotated = session.rotated(to: successor, limits: limits, now: now)
        try db.cachedStatement(
            sql: """
                UPDATE sessions SET token_hash = ?, generation = ?, rotations = ?, last_used = ?
                WHERE id = ? AND token_hash = ? AND ended IS NULL
                """
        ).execute(arguments: [
            Data(successor), rotated.generation, rotated.rotationsText, rotated.lastUsedUnixSeconds,
            session.id.text, Data(presented),
        ])
        return db.changesCount == 1 ? .rotated(rotated, account) : .unknown
    }
}
