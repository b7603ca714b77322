internal import GRDB

extension Store {
    /// Adds accounts that come from elsewhere: all of them in one transaction, or none.
    ///
    /// - Parameter isReplacing: whether an account that is there with another hash gets the one that comes.
    /// - Returns: what was done, in the order of the accounts.
    package nonisolated(nonsending) func importAccounts(
        _ imported: [ImportedAccount], isReplacing: Bool, limits: SessionLimits, now: Int64
    ) async throws(StorageError) -> [ImportOutcome] {
        try await writer.write { [upkeep] db in
            try imported.map { item in
                let (outcome, present) = try Self.judge(item, isReplacing: isReplacing, db)
                switch (outcome, present) {
                case (.inserted, _): try item.account.insert(db)
                case (.replaced, let present?):
                    try Self.replace(present, by: item.account, limits: limits, now: now, upkeep, db)
                case (.replaced, nil), (.unchanged, _), (.different, _), (.deleted, _), (.idTaken, _): return outcome
                }
                try upkeep.insert(item.audit(present?.id ?? item.account.id), db)
                return outcome
            }
        }
    }

    /// What ``importAccounts(_:isReplacing:limits:now:)`` would do; those of one call are not looked at together.
    package func judgeImport(
        of imported: [ImportedAccount], isReplacing: Bool
    ) throws(StorageError) -> [ImportOutcome] {
        try read { db in try imported.map { try Self.judge($0, isReplacing: isReplacing, db).outcome } }
    }

    private static func judge(
        _ item: ImportedAccount, isReplacing: Bool, _ db: Database
    ) throws -> (outcome: ImportOutcome, present: Account?) {
        if let present = try Account.find(canonicalUsername: item.account.canonicalUsername, db) {
            if present.state == .deleted { return (.deleted, present) }
            if item.sameHashes.contains(present.passwordHash) { return (.unchanged, present) }
            return (isReplacing ? .replaced : .different, present)
        }
        return (try Account.find(item.account.id, db) == nil ? .inserted : .idTaken, nil)
    }

    private static func replace(
        _ present: Account, by account: Account, limits: SessionLimits, now: Int64, _ upkeep: Upkeep, _ db: Database
    ) throws {
        _ = try setPassword(
            of: present, to: account.passwordHash, ending: .all, limits: limits, now: now, upkeep, db)
        try db.cachedStatement(sql: "UPDATE accounts SET roles = ?, state = ? WHERE id = ?")
            .execute(arguments: [account.roles.joined(separator: " "), account.state.rawValue, present.id.text])
    }
}
