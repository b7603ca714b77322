internal import GRDB

/// A connection for the care of a database: it migrates nothing, and closes with its owner.
final class DatabaseConnection {
    let queue: DatabaseQueue
    private let path: String

    /// - Parameter isReadOnly: leaves the file's content as it is.
    init(path: String, isReadOnly: Bool) throws(StorageError) {
        self.path = path
        var configuration = Configuration()
        configuration.label = "gatelodge.care"
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = false
        // A restore holds its lock over several calls.
        configuration.allowsUnsafeTransactions = true
        // Files that come from elsewhere: nothing in them may run.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON") }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw StorageError(error, path: path)
        }
    }

    deinit {
        // SQLite refuses only where a statement is open, and none outlives a call.
        try? queue.close()
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(StorageError) -> Value {
        do { return try queue.unsafeRead(body) } catch { throw StorageError(error, path: path) }
    }

    /// Outside any transaction.
    func write<Value>(_ body: (Database) throws -> Value) throws(StorageError) -> Value {
        do { return try queue.writeWithoutTransaction(body) } catch { throw StorageError(error, path: path) }
    }
}
