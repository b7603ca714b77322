/// What has been revoked since a moment. The times are the first second in which a revocation may be forgotten.
package struct Revocations: Sendable {
    /// Where this list ends; the next one begins behind it.
    package let sequence: Int64

    package let sessions: [(session: SessionID, expires: Int64)]

    /// Access tokens of the account with a lower epoch are refused.
    package let epochs: [(account: AccountID, epoch: Int64, expires: Int64)]
}
