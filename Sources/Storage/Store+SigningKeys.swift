internal import Foundation
internal import GRDB

extension Store {
    /// All keys, oldest first.
    package func findSigningKeys() throws(StorageError) -> [StoredSigningKey] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT \(StoredSigningKey.columns) FROM signing_keys ORDER BY created, kid").map(
                StoredSigningKey.init(row:))
        }
    }

    /// Adds a key.
    ///
    /// - Throws: ``StorageError/keyExists``, or what kept the database from writing.
    package nonisolated(nonsending) func insertSigningKey(_ key: StoredSigningKey) async throws(StorageError) {
        try await writer.write { try Self.insert(key, $0) }
    }

    /// The newest signing key of an algorithm; where there is none, the one that `make` gives is added.
    ///
    /// Reading and adding are one transaction, so all processes that start on a fresh database agree. Blocks the
    /// calling thread: for start-up.
    package func findOrInsertSigningKey(
        algorithm: String, make: () -> StoredSigningKey
    ) throws(StorageError) -> StoredSigningKey {
        if let key = try read({ try Self.findSigningKey(algorithm: algorithm, $0) }) { return key }
        return try writer.writeBlocking(patience: Self.openingPatience) { db in
            if let key = try Self.findSigningKey(algorithm: algorithm, db) { return key }
            let key = make()
            precondition(key.algorithm == algorithm && key.state == .signing, "a signing key of another algorithm")
            try Self.insert(key, db)
            return key
        }
    }

    private static func findSigningKey(algorithm: String, _ db: Database) throws -> StoredSigningKey? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT \(StoredSigningKey.columns) FROM signing_keys WHERE algorithm = ? AND state = 'signing'
                ORDER BY created DESC, kid LIMIT 1
                """,
            arguments: [algorithm]
        ).map(StoredSigningKey.init(row:))
    }

    private static func insert(_ key: StoredSigningKey, _ db: Database) throws {
        do {
            try db.execute(
                sql: "INSERT INTO signing_keys (\(StoredSigningKey.columns)) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    key.kid, key.algorithm, Data(key.privateKey), key.state.rawValue, key.createdUnixSeconds,
                ])
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_PRIMARYKEY {
            throw StorageError.keyExists
        }
    }
}

extension StoredSigningKey {
    fileprivate static let columns = "kid, algorithm, private_key, state, created"

    fileprivate init(row: Row) throws(StorageError) {
        self.init(
            kid: try row.column("kid"),
            algorithm: try row.column("algorithm"),
            privateKey: [UInt8](try row.column("private_key", Data.self)),
            // A state that a newer binary invented does not sign.
            state: State(rawValue: try row.column("state")) ?? .retired,
            createdUnixSeconds: try row.column("created"))
    }
}
