internal import GRDB

/// The one path by which anything is written: a queue in front of the one connection that writes.
///
/// Every write is an IMMEDIATE transaction of its own for now; group commit takes this place without its callers
/// noticing.
final class StoreWriter: Sendable {
    /// How long a write may wait for its turn and for other processes.
    static let patience = Duration.seconds(2)

    private let pool: DatabasePool
    private let path: String
    private let deadline: BusyDeadline

    init(pool: DatabasePool, path: String, deadline: BusyDeadline) {
        self.pool = pool
        self.path = path
        self.deadline = deadline
    }

    /// Runs `body` in a transaction on the writer's own thread, suspending the caller until it is durable.
    ///
    /// Cancelling the caller's task changes nothing: a write that has begun is finished, and its outcome told.
    nonisolated(nonsending) func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        let expiry = ContinuousClock.now + Self.patience
        let outcome: Result<Value, StorageError> = await withCheckedContinuation { continuation in
            pool.asyncWriteWithoutTransaction { [path, deadline] db in
                deadline.set(expiry)
                continuation.resume(returning: transact(db, path: path, body))
            }
        }
        return try outcome.get()
    }

    /// Runs `body` in a transaction some time soon; nobody waits for it.
    func enqueue(_ body: @escaping @Sendable (Database) throws -> Void) {
        let expiry = ContinuousClock.now + Self.patience
        pool.asyncWriteWithoutTransaction { [path, deadline] db in
            deadline.set(expiry)
            _ = transact(db, path: path, body)
        }
    }

    /// The same, blocking the calling thread: for start-up and for commands, never for a request.
    func writeBlocking<Value: Sendable>(
        patience: Duration = patience, _ body: (Database) throws -> Value
    ) throws(StorageError) -> Value {
        let expiry = ContinuousClock.now + patience
        return try pool.writeWithoutTransaction { db in
            deadline.set(expiry)
            return transact(db, path: path, body)
        }.get()
    }
}

/// One IMMEDIATE transaction: it takes the write lock at its beginning, so nothing read in it is stale when it writes.
private func transact<Value>(
    _ db: Database, path: String, _ body: (Database) throws -> Value
) -> Result<Value, StorageError> {
    do {
        var value: Value?
        try db.inTransaction(.immediate) {
            value = try body(db)
            return .commit
        }
        guard let value else { return .failure(.unavailable(reason: "the transaction gave no value")) }
        return .success(value)
    } catch {
        return .failure(StorageError(error, path: path))
    }
}
