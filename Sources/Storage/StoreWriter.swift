internal import Counting
internal import GRDB

/// The one path by which anything is written: a queue in front of the one connection that writes.
///
/// Syncing the file costs far more than most writes do, so those that wait share one transaction and one sync (group
/// commit). Each has a savepoint of its own and is rolled back alone where it throws; none is answered before the
/// commit of all.
final class StoreWriter: Sendable {
    /// How long a write may wait for its turn and for other processes.
    static let patience = Duration.seconds(2)

    private let pool: any DatabaseWriter
    private let identity: FileIdentity
    private let path: String
    private let deadline: BusyDeadline
    private let batchLimit: Int
    private let queue = WriteQueue()
    private let batchSizes = Histogram(bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024])
    private let commitTimes = Histogram.ofDurations()

    init(
        pool: any DatabaseWriter, identity: FileIdentity, path: String, deadline: BusyDeadline, batchLimit: Int
    ) {
        self.pool = pool
        self.identity = identity
        self.path = path
        self.deadline = deadline
        self.batchLimit = batchLimit
    }

    var counters: WriteCounters { queue.counters }

    var activity: WriteActivity {
        WriteActivity(
            counters: queue.counters, waiting: queue.waitingCount, batchSizes: batchSizes.counts,
            commitTimes: commitTimes.counts)
    }

    /// Runs `body` in a transaction on the writer's own thread, suspending the caller until it is durable.
    ///
    /// Cancelling the caller's task changes nothing: a write that has begun is finished, and its outcome told.
    nonisolated(nonsending) func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StorageError) -> Value {
        let expiry = ContinuousClock.now + Self.patience
        let outcome: Result<Value, StorageError> = await withCheckedContinuation { continuation in
            append(
                PendingWrite(
                    expiry: expiry, isAwaited: true,
                    run: { db in
                        let value = try body(db)
                        return { continuation.resume(returning: .success(value)) }
                    },
                    fail: { continuation.resume(returning: .failure($0)) }))
        }
        return try outcome.get()
    }

    /// Runs `body` in a transaction some time soon; nobody waits for it. Too many of them are dropped and counted.
    func enqueue(_ body: @escaping @Sendable (Database) throws -> Void) {
        append(
            PendingWrite(
                expiry: .now + Self.patience, isAwaited: false,
                run: { db in
                    try body(db)
                    return {}
                },
                fail: { [queue] _ in queue.count { $0.dropped += 1 } }))
    }

    /// A transaction of its own, blocking the calling thread: for start-up and for commands, never for a request.
    func writeBlocking<Value: Sendable>(
        patience: Duration = patience, _ body: (Database) throws -> Value
    ) throws(StorageError) -> Value {
        let expiry = ContinuousClock.now + patience
        return try pool.writeWithoutTransaction { db in
            deadline.set(expiry)
            return transact(db, path: path) { db in
                let value = try body(db)
                try identity.check()
                return value
            }
        }.get()
    }

    /// Empties the log, waiting for readers as long as a write would for its turn. Blocks.
    func truncateLog() throws(StorageError) {
        do {
            try pool.writeWithoutTransaction { db in
                deadline.set(.now + Self.patience)
                _ = try db.checkpoint(.truncate)
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Answers every write that waits, refuses later ones, and closes the file.
    func close() throws {
        queue.close()
        pool.writeWithoutTransaction { db in
            while queue.firstExpiry != nil { commitBatch(db) }
        }
        try pool.close()
    }

    private func append(_ write: PendingWrite) {
        switch queue.append(write) {
        case true?: giveTurn()
        case false?: break
        case nil: if write.isAwaited { write.fail(.unavailable(reason: "the store is closed")) }
        }
    }

    /// A turn is one batch, so that others who need the connection get theirs in between.
    private func giveTurn() {
        pool.asyncWriteWithoutTransaction { [self] db in
            commitBatch(db)
            if queue.endTurn() { giveTurn() }
        }
    }

    private func commitBatch(_ db: Database) {
        guard begin(db) else { return }
        let begun = ContinuousClock.now
        var answers: [(write: PendingWrite, answer: @Sendable () -> Void)] = []
        var refused: [(write: PendingWrite, error: StorageError)] = []
        var failure: StorageError?
        var count = 0
        // Those that come while others are at work are taken along.
        while failure == nil, count < batchLimit, let write = queue.take(1).first {
            count += 1
            do {
                answers.append((write, try isolate(db, write)))
            } catch {
                refused.append((write, StorageError(error, path: path)))
            }
            // Some errors end the whole transaction (https://www.sqlite.org/lang_transaction.html §3), and with it what
            // the others of the batch have done.
            if !db.isInsideTransaction { failure = refused.last?.error ?? .unavailable(reason: "transaction aborted") }
        }
        failure = failure ?? commit(db)
        queue.count {
            $0.writes += count
            $0.commits += failure == nil ? 1 : 0
            $0.failedCommits += failure == nil ? 0 : 1
        }
        batchSizes.record(count)
        commitTimes.record(Int((.now - begun) / .nanoseconds(1)))
        for (write, answer) in answers {
            if let failure { write.fail(failure) } else { answer() }
        }
        // Also the refusals wait for the commit: what they saw of the others' work holds only then.
        for (write, error) in refused { write.fail(failure ?? error) }
    }

    /// Takes the write lock for those that wait. Where somebody's patience ends before, they are answered and the turn
    /// ends with them.
    ///
    /// - Returns: whether there is a transaction, and somebody to do something in it.
    private func begin(_ db: Database) -> Bool {
        while let expiry = queue.firstExpiry {
            deadline.set(expiry)
            do {
                // IMMEDIATE, so that nothing read in it is stale when it writes.
                try db.beginTransaction(.immediate)
                return true
            } catch {
                let failure = StorageError(error, path: path)
                guard failure == .busy else {
                    for write in queue.take(.max) { write.fail(failure) }
                    return false
                }
                let expired = queue.takeExpired(at: .now)
                for write in expired { write.fail(.busy) }
                // Those whose time is not over stand first in the next turn: others who need the connection get it in
                // between, however long the lock is held.
                if !expired.isEmpty { return false }
                pause()
            }
        }
        return false
    }

    /// Runs one write so that where it throws nothing of it stays.
    private func isolate(_ db: Database, _ write: PendingWrite) throws -> @Sendable () -> Void {
        if batchLimit > 1 { try db.cachedStatement(sql: "SAVEPOINT write").execute() }
        do {
            let answer = try write.run(db)
            if batchLimit > 1 { try db.cachedStatement(sql: "RELEASE write").execute() }
            return answer
        } catch {
            undo(db)
            throw error
        }
    }

    /// Takes back the write that threw; where that fails, the whole transaction.
    private func undo(_ db: Database) {
        do {
            guard batchLimit > 1, db.isInsideTransaction else { return rollBack(db) }
            try db.cachedStatement(sql: "ROLLBACK TO write").execute()
            try db.cachedStatement(sql: "RELEASE write").execute()
        } catch {
            rollBack(db)
        }
    }

    /// The error that counts is the one that led here; SQLite may have rolled back with it already.
    private func rollBack(_ db: Database) {
        if db.isInsideTransaction { try? db.rollback() }
    }

    private func commit(_ db: Database) -> StorageError? {
        do {
            try identity.check()
            try db.commit()
            return nil
        } catch {
            rollBack(db)
            return StorageError(error, path: path)
        }
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
