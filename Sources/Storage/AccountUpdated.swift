/// What changing an account meant for those who are logged in with it.
package struct AccountUpdated: Sendable, Equatable {
    package let accountID: AccountID

    /// Access tokens with a lower one are refused from now on; `nil` where the epoch was not raised.
    package let epoch: Int64?

    /// The sessions that ended with it.
    package let ended: [SessionID]
}

/// The same for a change of the password.
package typealias PasswordUpdated = AccountUpdated
