internal import JWT

/// Which key signs, which verify and which are published at a time: a function of the stored keys alone, so that all processes agree
/// and nobody has to act when a key's time comes.
///
/// ```
///            made        signs from      the next one's time   + longest lifetime + overlap
/// published  ├──────────────┼──────────────────┼──────────────────────┤
/// signs                     ├──────────────────┤
/// verifies   ├──────────────┼──────────────────┼──────────────────────┤
/// ```
package struct KeyRing: Sendable {
    /// Another process may sign with a key until it notices the next one, and its clock may differ a little.
    package static let overlapSeconds: Int64 = 60

    /// In the order in which they take over from each other.
    package let keys: [RingKey]

    package init(_ keys: [RingKey]) {
        self.keys = keys.sorted(by: RingKey.precedes)
    }

    /// The key that signs; `nil` where there is none, or where the last one was retired without another to follow.
    package func signer(at now: Int64) -> RingKey? {
        guard let key = keys.last(where: { $0.signsFromUnixSeconds <= now && !$0.neverSigns }) else { return nil }
        if let retired = key.retiredUnixSeconds, retired <= now { return nil }
        return key
    }

    /// The key that will have signed last when all that is planned has come to pass.
    package var newest: RingKey? {
        keys.last { $0.retiredUnixSeconds == nil }
    }

    /// The keys whose tokens are accepted, and which are published.
    package func verifiers(at now: Int64) -> [RingKey] {
        keys.filter { key in verifiesUntil(key).map { now < $0 } ?? true }
    }

    /// From when on no token of a key can be good any more; `nil` where no end is in sight.
    package func verifiesUntil(_ key: RingKey) -> Int64? {
        guard let end = signsUntil(key) else { return nil }
        let (sum, overflowed) = end.addingReportingOverflow(key.longestLifetimeSeconds + Self.overlapSeconds)
        return overflowed ? .max : sum
    }

    /// Whether a key signs now or will.
    package func maySign(_ key: RingKey, after now: Int64) -> Bool {
        guard let end = signsUntil(key) else { return true }
        return end > now && !key.neverSigns
    }

    /// The next second at which one of the answers is another one; the end of time where nothing is planned.
    package func nextChange(after now: Int64) -> Int64 {
        var times: [Int64] = []
        for key in keys {
            times.append(key.signsFromUnixSeconds)
            if let retired = key.retiredUnixSeconds { times.append(retired) }
            if let end = verifiesUntil(key) { times.append(end) }
        }
        return times.filter { $0 > now }.min() ?? .max
    }

    private func signsUntil(_ key: RingKey) -> Int64? {
        let successor = keys.first { RingKey.precedes(key, $0) && !$0.neverSigns }
        guard let next = successor?.signsFromUnixSeconds else { return key.retiredUnixSeconds }
        return min(next, key.retiredUnixSeconds ?? .max)
    }
}
