internal import Threading

/// Until when SQLite may wait for another process's write lock.
///
/// A plain `busy_timeout` counts from the moment a statement starts; a write that has stood in our own queue behind
/// one that waited would wait all over again.
final class BusyDeadline: Sendable {
    private let deadline: Locked<ContinuousClock.Instant>

    init(_ deadline: ContinuousClock.Instant) {
        self.deadline = Locked(deadline)
    }

    func set(_ instant: ContinuousClock.Instant) {
        deadline.withLock { $0 = instant }
    }

    var isPast: Bool {
        deadline.withLock { $0 } <= .now
    }
}
