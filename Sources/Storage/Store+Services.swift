internal import Foundation
internal import GRDB

extension Store {
    /// Adds a service.
    ///
    /// - Parameter secretHash: SHA-256 of its secret.
    /// - Throws: ``StorageError/serviceExists``, or what kept the database from writing.
    package nonisolated(nonsending) func insertService(
        _ service: Service, secretHash: [UInt8], audit: AuditRecord? = nil
    ) async throws(StorageError) {
        try await writer.write { [upkeep] db in
            try db.cachedStatement(
                sql: "INSERT INTO services (name, secret_hash, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
            ).execute(arguments: [service.name, Data(secretHash), service.createdUnixSeconds])
            if db.changesCount == 0 { throw StorageError.serviceExists }
            try upkeep.insert(audit, db)
        }
    }

    /// SHA-256 of the secret of a service.
    package func findService(name: String) throws(StorageError) -> [UInt8]? {
        try read { db in
            let statement = try db.cachedStatement(sql: "SELECT secret_hash FROM services WHERE name = ?")
            return try Row.fetchOne(statement, arguments: [name]).map {
                [UInt8](try $0.column("secret_hash", Data.self))
            }
        }
    }

    /// All services in the order of their names.
    package func findServices() throws(StorageError) -> [Service] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT name, created FROM services ORDER BY name").map {
                Service(name: try $0.column("name"), createdUnixSeconds: try $0.column("created"))
            }
        }
    }

    /// - Returns: whether there was one.
    package nonisolated(nonsending) func deleteService(
        name: String, audit: AuditRecord? = nil
    ) async throws(StorageError) -> Bool {
        try await writer.write { [upkeep] db in
            try db.cachedStatement(sql: "DELETE FROM services WHERE name = ?").execute(arguments: [name])
            guard db.changesCount == 1 else { return false }
            try upkeep.insert(audit, db)
            return true
        }
    }
}
