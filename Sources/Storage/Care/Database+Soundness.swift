internal import GRDB

extension Database {
    /// What `PRAGMA integrity_check` and `PRAGMA foreign_key_check` complain of; empty when all is well. Reads the whole file.
    ///
    /// - Parameter isQuick: asks `PRAGMA quick_check` instead of the first.
    func findDamage(isQuick: Bool = false) throws -> [String] {
        let complaints = try String.fetchAll(self, sql: "PRAGMA \(isQuick ? "quick" : "integrity")_check(20)")
        if complaints != ["ok"] { return complaints }
        return try Row.fetchAll(self, sql: "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 20").map {
            "a row of \(try $0.column("table", String.self)) refers to one that is not there"
        }
    }

    /// Refuses what is no sound database of ours, or one that only a newer binary may use.
    ///
    /// - Returns: its schema's version.
    @discardableResult
    func checkSoundness(path: String) throws -> Int {
        let reached = try Schema.readVersion(self)
        // Zero is an empty file, or another program's.
        guard reached.version > 0 else { throw StorageError.foreignDatabase(path: path) }
        try Schema.refuseForeign(self, path: path)
        guard reached.oldestBinary <= Schema.version else {
            throw StorageError.newerSchema(
                path: path, oldestBinary: reached.oldestBinary, thisBinary: Schema.version)
        }
        if let first = try findDamage().first { throw StorageError.corrupt(detail: first) }
        return reached.version
    }
}
