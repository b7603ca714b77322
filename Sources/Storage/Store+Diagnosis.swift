internal import GRDB

extension Store {
    /// Asks the connection that writes, and reads the whole file; blocks. For commands, not for requests.
    package func findDiagnosis() throws(StorageError) -> StoreDiagnosis {
        do {
            return try pool.writeWithoutTransaction { db in
                let complaints = try String.fetchAll(db, sql: "PRAGMA quick_check(10)")
                return StoreDiagnosis(
                    journalMode: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "",
                    synchronous: try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1,
                    enforcesForeignKeys: try Int.fetchOne(db, sql: "PRAGMA foreign_keys") == 1,
                    overwritesDeleted: try Int.fetchOne(db, sql: "PRAGMA secure_delete") == 1,
                    schemaVersion: try Schema.readVersion(db).version,
                    sqliteVersion: try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "",
                    damage: complaints == ["ok"] ? [] : complaints)
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }
}
