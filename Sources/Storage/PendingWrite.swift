internal import GRDB

/// A write that stands in the queue.
struct PendingWrite: Sendable {
    /// Until when it may wait for another process's lock.
    let expiry: ContinuousClock.Instant

    /// Whether somebody suspends until it is answered.
    let isAwaited: Bool

    /// Does the work inside a transaction, and gives the answer for when that is durable.
    let run: @Sendable (Database) throws -> @Sendable () -> Void

    /// The answer where nothing of it is.
    let fail: @Sendable (StorageError) -> Void
}
