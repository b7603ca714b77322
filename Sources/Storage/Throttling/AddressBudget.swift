internal import GRDB

/// How much an address may do within an hour: a budget that fills evenly (the generic cell rate algorithm), kept as the one
/// time at which it is full again.
struct AddressBudget {
    static let hour: Int64 = 3_600

    private(set) var fullAt: Int64
    private let interval: Int64
    /// Whether what was stored lay too far ahead; the correction has to be saved, or nobody's wait would end.
    let isCorrected: Bool

    /// - Parameter limit: how often an hour; at least 1.
    init(_ key: ThrottleKey, limit: Int64, now: Int64, _ db: Database) throws {
        interval = max(1, Self.hour / max(1, limit))
        let stored = try ThrottleCount.find(key, db)?.time ?? now
        // An empty budget is full an hour later; whatever lies beyond was written under another clock or setting.
        let latest = saturatingSum(now, Self.hour)
        isCorrected = stored > latest
        fullAt = min(max(stored, now), latest)
    }

    /// How long until one more is there, `0` for now.
    func wait(at now: Int64) -> Int64 { max(0, fullAt - now + interval - Self.hour) }

    mutating func take() { fullAt = saturatingSum(fullAt, interval) }

    mutating func giveBack() { fullAt = saturatingSum(fullAt, -interval) }

    func save(_ key: ThrottleKey, now: Int64, _ db: Database) throws {
        guard fullAt > now else { return try ThrottleCount.delete(key, db) }
        try ThrottleCount(time: fullAt).save(key, expires: fullAt, db)
    }
}
