import GRDB
import Storage

/// A connection to the file that is not the store's, as another process has one.
final class ForeignConnection: Sendable {
    private let queue: DatabaseQueue

    init(_ path: String) throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Holds the write lock until ``release()``.
    static func lock(_ path: String) throws -> ForeignConnection {
        let connection = try ForeignConnection(path)
        try connection.execute("BEGIN IMMEDIATE")
        return connection
    }

    /// Holds what the file is now until ``release()``.
    func beginReading() throws {
        try execute("BEGIN", "SELECT * FROM schema")
    }

    func release() throws {
        try execute("ROLLBACK")
    }

    func execute(_ statements: String...) throws {
        try queue.writeWithoutTransaction { db in
            for statement in statements { try db.execute(sql: statement) }
        }
    }

    func count(_ table: String) throws -> Int {
        try queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM \(table)") ?? -1 }
    }
}

/// What became of one call.
func outcome<Value: Sendable>(_ call: @Sendable () async throws -> Value) async -> Result<Value, StorageError> {
    do {
        return .success(try await call())
    } catch {
        return .failure(error as? StorageError ?? .unavailable(reason: "not an error of the store: \(error)"))
    }
}

extension Result where Failure == StorageError {
    var failure: StorageError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
