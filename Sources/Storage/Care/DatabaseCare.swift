internal import GRDB
internal import Glibc

/// What operators do with a database beside a running instance or without one. Nothing here migrates. All of it blocks.
package enum DatabaseCare {
    /// Reads the whole file and says how it is. Beside a running instance it holds nobody up.
    ///
    /// - Parameter isQuick: leaves out whether indexes say the same as their tables, which is most of the work.
    package static func check(_ path: String, isQuick: Bool = false) throws(StorageError) -> DatabaseReport {
        let file = try DatabaseFile(path: path)
        try file.checkPresence()
        return try DatabaseConnection(path: file.path, isReadOnly: true).read { db in
            let reached = try Schema.readVersion(db)
            guard reached.version > 0 else { throw StorageError.foreignDatabase(path: file.path) }
            try Schema.refuseForeign(db, path: file.path)
            let damage = try db.findDamage(isQuick: isQuick)
            let pageBytes = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
            return DatabaseReport(
                journalMode: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "",
                schemaVersion: reached.version, oldestBinary: reached.oldestBinary,
                bytes: pageBytes * (try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0),
                freeBytes: pageBytes * (try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0),
                logBytes: status(file.path + "-wal").map { Int($0.st_size) } ?? 0,
                rows: damage.isEmpty ? try countRows(db) : [],
                newestUnixSeconds: reached.version >= 2 && damage.isEmpty
                    ? try Int64.fetchOne(db, sql: "SELECT MAX(time) FROM audit") : nil,
                damage: damage)
        }
    }

    /// Writes the database anew without its free pages, and empties the log. Others read meanwhile; their writes wait, and are
    /// refused after two seconds as busy.
    ///
    /// - Returns: the bytes of the file before and after.
    package static func vacuum(_ path: String) throws(StorageError) -> (before: Int, after: Int) {
        let file = try DatabaseFile(path: path)
        try file.checkPresence()
        if let obstacle = file.obstacle() { throw obstacle }
        let connection = try DatabaseConnection(path: file.path, isReadOnly: false)
        return try connection.write { db in
            try Schema.refuseForeign(db, path: file.path)
            let bytes = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            let before = try Int.fetchOne(db, sql: bytes) ?? 0
            try db.execute(sql: "VACUUM")
            // A reader in the way leaves the log for later.
            _ = try? db.checkpoint(.truncate)
            return (before, try Int.fetchOne(db, sql: bytes) ?? 0)
        }
    }

    private static func countRows(_ db: Database) throws -> [(table: String, count: Int)] {
        let tables = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
        return try tables.filter { $0 != "schema" && $0 != "instance" }.map { table in
            let quoted = table.replacing("\"", with: "\"\"")
            return (table, try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \"\(quoted)\"") ?? 0)
        }
    }
}
