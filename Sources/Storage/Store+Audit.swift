internal import GRDB

extension Store {
    /// Adds a row to the audit some time soon; nobody waits, and under too great a load it is dropped and counted.
    package func insertAudit(_ record: AuditRecord) {
        writer.enqueue { [upkeep] db in try upkeep.insert(record, db) }
    }

    /// Adds a row to the audit, for what must not happen without.
    package nonisolated(nonsending) func insertDurableAudit(_ record: AuditRecord) async throws(StorageError) {
        try await writer.write { [upkeep] db in try upkeep.insert(record, db) }
    }

    /// One page of the audit, newest first.
    ///
    /// - Parameters:
    ///   - sequence: where the page before ended; `nil` for the first.
    ///   - limit: 1 to 1,000.
    ///   - accountID: only what was about this account.
    package func findAudit(
        before sequence: Int64? = nil, limit: Int, account accountID: AccountID? = nil
    ) throws(StorageError) -> [(sequence: Int64, record: AuditRecord)] {
        precondition((1...1_000).contains(limit), "a page holds 1 to 1,000 rows")
        return try read { db in
            let condition = accountID == nil ? "" : "AND account = ?"
            let statement = try db.cachedStatement(
                sql: """
                    SELECT seq, \(AuditRecord.columns) FROM audit WHERE seq < ? \(condition) ORDER BY seq DESC LIMIT ?
                    """)
            var arguments: StatementArguments = [sequence ?? .max]
            if let accountID { arguments += [accountID.text] }
            return try Row.fetchAll(statement, arguments: arguments + [limit]).map { row in
                (sequence: try row.column("seq"), record: try AuditRecord(row: row))
            }
        }
    }
}

extension AuditRecord {
    static let columns = "time, event, result, account, actor, session, address, request_id, detail"

    fileprivate init(row: Row) throws(StorageError) {
        self.init(
            unixSeconds: try row.column("time"),
            event: try row.column("event"),
            result: try row.column("result"),
            accountID: try row.column("account", String?.self).flatMap(AccountID.init(parsing:)),
            actor: try row.column("actor", String?.self),
            sessionID: try row.column("session", String?.self).flatMap(SessionID.init(parsing:)),
            address: try row.column("address"),
            requestID: try row.column("request_id"),
            detail: try row.column("detail", String?.self))
    }
}
