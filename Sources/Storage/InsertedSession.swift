/// What ``Store/insertSession(_:passwordVersion:limits:now:audit:)`` did.
package struct InsertedSession: Sendable, Equatable {
    /// As it was in the transaction.
    package let account: Account

    /// The account's oldest sessions, ended because it had too many.
    package let ended: [SessionID]
}
