/// What asking for an attempt leads to.
package enum AttemptOutcome: Sendable {
    case reserved(ReservedAttempt)
    /// Passwords are being hashed whose verdict may make room under this key.
    case waiting(for: ThrottleKey)
    case throttled(retryAfterSeconds: Int64)
}
