internal import GRDB
internal import Glibc

/// A backup that takes the place of the database.
package struct DatabaseRestore: Sendable {
    private let database: DatabaseFile
    private let now: Int64
    private let accessTokenSeconds: Int64

    /// - Parameters:
    ///   - now: Unix seconds.
    ///   - accessTokenSeconds: how long an access token of these settings can be good, leeway included.
    package init(of path: String, now: Int64, accessTokenSeconds: Int64) throws(StorageError) {
        database = try DatabaseFile(path: path)
        self.now = now
        self.accessTokenSeconds = accessTokenSeconds
    }

    /// Checks the backup, ends every session in it, refuses every access token so far, and puts it into the database's place
    /// in one step. Blocks.
    ///
    /// - Returns: where the replaced database is now; `nil` where there was none.
    /// - Throws: ``StorageError/inUse(path:)`` where another process has the database open.
    package func run(from backup: String) throws(StorageError) -> String? {
        let source = try DatabaseFile(path: backup)
        try source.checkPresence()
        let old = try ReplacedDatabase(database, lifetimeSeconds: accessTokenSeconds, now: now)
        let file = try NewFile(at: database.path)
        try DatabaseBackup.fill(file.temporaryPath, from: source.path)
        try prepare(file.temporaryPath, replacing: old.tokens)
        try file.setOwner(ofFile: old.exists ? database.path : database.folder)
        let kept = try old.keep(as: "\(database.path).replaced-\(now)")
        try file.finish(replacing: old.exists)
        old.close()
        return kept
    }

    /// In one transaction: the schema of this binary, and nobody logged in.
    private func prepare(_ path: String, replacing old: IssuedTokens) throws(StorageError) {
        try DatabaseConnection(path: path, isReadOnly: false).write { db in
            try db.inTransaction(.immediate) {
                _ = try Schema.migrate(db, path: path)
                try endEverything(db, old: old)
                return .commit
            }
        }
    }

    private func endEverything(_ db: Database, old: IssuedTokens) throws {
        let restored = try IssuedTokens(db, lifetimeSeconds: accessTokenSeconds, now: now)
        let expiry = saturatingSum(now, max(old.longestSeconds, restored.longestSeconds))
        // Above whatever either database has given out, also where the clock went back.
        let epoch = max(now, saturatingSum(max(old.highestEpoch, restored.highestEpoch), 1))
        try db.execute(
            sql: "UPDATE sessions SET ended = ?, end_reason = ? WHERE ended IS NULL",
            arguments: [now, SessionEndReason.endedByOperator.rawValue])
        try db.execute(sql: "UPDATE accounts SET epoch = ?", arguments: [epoch])
        let insertion = "INSERT INTO revocations (account, epoch, expires)"
        if let lately = old.accounts, let before = restored.accounts {
            // Also those that came after the backup: they are gone, and their tokens would be good still.
            let statement = try db.makeStatement(sql: "\(insertion) VALUES (?, ?, ?)")
            for account in lately.union(before) { try statement.execute(arguments: [account, epoch, expiry]) }
        } else {
            try db.execute(sql: "\(insertion) SELECT id, epoch, ? FROM accounts", arguments: [expiry])
        }
        // A code that was used after the backup would work once more.
        try db.execute(sql: "DELETE FROM invites")
        try Upkeep(auditSeconds: .max).insert(
            AuditRecord(unixSeconds: now, event: "database_restore", result: "ok", actor: "operator"), db)
    }
}
