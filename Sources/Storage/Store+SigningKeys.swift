internal import Foundation
internal import GRDB

extension Store {
    /// All keys, oldest first.
    package func findSigningKeys() throws(StorageError) -> [StoredSigningKey] {
        try read(Self.fetchSigningKeys)
    }

    static func fetchSigningKeys(_ db: Database) throws -> [StoredSigningKey] {
        try Row.fetchAll(db, sql: "SELECT \(StoredSigningKey.columns) FROM signing_keys ORDER BY created, kid").map(
            StoredSigningKey.init(row:))
    }

    /// Adds a key. With the first sealed one, binaries that could not read it are refused from then on.
    ///
    /// - Throws: ``StorageError/keyExists``, or what kept the database from writing.
    package nonisolated(nonsending) func insertSigningKey(
        _ key: StoredSigningKey, audit: AuditRecord? = nil
    ) async throws(StorageError) {
        try await writer.write { [upkeep] db in
            try Self.insert(key, db)
            try upkeep.insert(audit, db)
        }
    }

    /// Replaces the private part of a key by its sealed form, unless another process was first. The plain one is overwritten
    /// in the file (`PRAGMA secure_delete`), and stays in the log until that is emptied.
    static func seal(_ kid: String, _ privateKey: [UInt8], _ db: Database) throws {
        try db.execute(
            sql: "UPDATE signing_keys SET private_key = ?, sealed = 1 WHERE kid = ? AND sealed = 0",
            arguments: [Data(privateKey), kid])
        if db.changesCount == 1 { try refuseOlderBinaries(db) }
    }

    /// Takes a key out of signing.
    ///
    /// - Throws: ``StorageError/keyMissing``, or what kept the database from writing.
    package nonisolated(nonsending) func updateSigningKey(
        _ kid: String, retiredUnixSeconds: Int64, audit: AuditRecord? = nil
    ) async throws(StorageError) {
        try await writer.write { [upkeep] db in
            try db.execute(
                sql: "UPDATE signing_keys SET retired = COALESCE(retired, ?), state = 'retired' WHERE kid = ?",
                arguments: [retiredUnixSeconds, kid])
            if db.changesCount == 0 { throw StorageError.keyMissing }
            try upkeep.insert(audit, db)
        }
    }

    /// Notes that a key signs tokens of this lifetime; a longer one that was noted before stays.
    static func setLifetime(_ seconds: Int64, of kid: String, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE signing_keys SET longest_lifetime = ?1 WHERE kid = ?2 AND longest_lifetime < ?1",
            arguments: [seconds, kid])
    }

    /// Removes a key and its tokens with it.
    ///
    /// - Returns: whether there was one.
    package nonisolated(nonsending) func deleteSigningKey(
        _ kid: String, audit: AuditRecord? = nil
    ) async throws(StorageError) -> Bool {
        try await writer.write { [upkeep] db in
            try db.execute(sql: "DELETE FROM signing_keys WHERE kid = ?", arguments: [kid])
            guard db.changesCount == 1 else { return false }
            try upkeep.insert(audit, db)
            return true
        }
    }

    static func insert(_ key: StoredSigningKey, _ db: Database) throws {
        do {
            try db.execute(
                sql: """
                    INSERT INTO signing_keys (\(StoredSigningKey.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    key.kid, key.algorithm, Data(key.privateKey), key.state.rawValue, key.createdUnixSeconds,
                    key.isSealed, key.signsFromUnixSeconds, key.retiredUnixSeconds, key.longestLifetimeSeconds,
                ])
            if key.isSealed { try refuseOlderBinaries(db) }
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_PRIMARYKEY {
            throw StorageError.keyExists
        }
    }

    /// A binary of schema 1 would take a sealed key for a damaged one.
    private static func refuseOlderBinaries(_ db: Database) throws {
        try db.execute(sql: "UPDATE schema SET oldest_binary = 2 WHERE oldest_binary < 2")
    }
}

extension StoredSigningKey {
    fileprivate static let columns = """
        kid, algorithm, private_key, state, created, sealed, signs_from, retired, longest_lifetime
        """

    fileprivate init(row: Row) throws(StorageError) {
        self.init(
            kid: try row.column("kid"),
            algorithm: try row.column("algorithm"),
            privateKey: [UInt8](try row.column("private_key", Data.self)),
            isSealed: try row.column("sealed", Int64.self) != 0,
            // A state that a newer binary invented does not sign.
            state: State(rawValue: try row.column("state")) ?? .retired,
            createdUnixSeconds: try row.column("created"),
            signsFromUnixSeconds: try row.column("signs_from"),
            retiredUnixSeconds: try row.column("retired", Int64?.self),
            longestLifetimeSeconds: try row.column("longest_lifetime"))
    }
}
