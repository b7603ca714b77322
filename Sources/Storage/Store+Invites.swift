internal import Foundation
internal import GRDB

extension Store {
    /// Adds a code. One for a new password replaces the account's earlier ones and ends all its sessions.
    ///
    /// - Returns: what it meant for the account; `nil` for a registration.
    /// - Throws: ``StorageError/accountMissing``, or what kept the database from writing.
    package nonisolated(nonsending) func insertInvite(
        _ invite: Invite, limits: SessionLimits, now: Int64, audit: AuditRecord? = nil
    ) async throws(StorageError) -> AccountUpdated? {
        try await writer.write { [upkeep] db in
            var updated: AccountUpdated?
            if let id = invite.accountID {
                _ = try Account.findUndeleted(id, db)
                try Invite.deleteAll(of: id, db)
                let ended = try Self.endSessions(
                    of: id, except: nil, reason: .endedByOperator, limits: limits, now: now, upkeep, db)
                updated = AccountUpdated(accountID: id, epoch: nil, ended: ended)
            }
            try upkeep.deleteInvites(db, now: now)
            try db.cachedStatement(sql: "INSERT INTO invites (\(Invite.columns)) VALUES (?, ?, ?, ?, ?, ?)")
                .execute(arguments: [
                    Data(invite.codeHash), invite.kind.rawValue, invite.accountID?.text,
                    invite.roles.joined(separator: " "), invite.createdUnixSeconds, invite.expiresUnixSeconds,
                ])
            try upkeep.insert(audit, db)
            return updated
        }
    }

    /// What a code is good for, while it is valid.
    package func findInvite(
        codeHash: [UInt8], kind: Invite.Kind, now: Int64
    ) throws(StorageError) -> Invite? {
        try read { try Invite.find(codeHash, kind: kind, now: now, $0) }
    }
}

extension Invite {
    fileprivate static let columns = "code_hash, kind, account, roles, created, expires"

    fileprivate static func find(_ codeHash: [UInt8], kind: Kind, now: Int64, _ db: Database) throws -> Invite? {
        let statement = try db.cachedStatement(
            sql: "SELECT \(columns) FROM invites WHERE code_hash = ? AND kind = ? AND expires > ?")
        return try Row.fetchOne(statement, arguments: [Data(codeHash), kind.rawValue, now]).map { row in
            Invite(
                codeHash: codeHash,
                kind: kind,
                accountID: try row.column("account", String?.self).flatMap(AccountID.init(parsing:)),
                roles: try row.column("roles", String.self).split(separator: " ").map(String.init),
                createdUnixSeconds: try row.column("created"),
                expiresUnixSeconds: try row.column("expires"))
        }
    }

    /// Uses a code up, in the transaction of what it is good for: where that fails it can be used again.
    static func redeem(_ codeHash: [UInt8], kind: Kind, now: Int64, _ db: Database) throws -> Invite {
        guard let invite = try find(codeHash, kind: kind, now: now, db) else { throw StorageError.inviteInvalid }
        try db.cachedStatement(sql: "DELETE FROM invites WHERE code_hash = ?").execute(arguments: [Data(codeHash)])
        return invite
    }

    /// Voids every code of an account.
    static func deleteAll(of accountID: AccountID, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM invites WHERE account = ?").execute(arguments: [accountID.text])
    }
}
