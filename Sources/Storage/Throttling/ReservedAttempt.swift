/// One password that may be hashed. It counts as a failure from the reservation on, until it turns out right.
package struct ReservedAttempt: Sendable {
    let number: UInt64
    let keys: AttemptKeys
    let limits: ThrottleLimits
}
