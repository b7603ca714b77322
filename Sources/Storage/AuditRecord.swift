/// Who did what, from where, when, and with what result. Never a secret, and never a name that no account has.
package struct AuditRecord: Sendable, Equatable {
    package let unixSeconds: Int64

    /// Such as `login`.
    package let event: String

    /// `ok`, or the code of the error.
    package let result: String

    /// Whom it was about.
    package let accountID: AccountID?

    /// Who did it, where that is somebody else: `operator`, or the id of an admin's account.
    package let actor: String?

    package let sessionID: SessionID?
    package let address: String
    package let requestID: String
    package let detail: String?

    package init(
        unixSeconds: Int64, event: String, result: String, accountID: AccountID? = nil, actor: String? = nil,
        sessionID: SessionID? = nil, address: String = "", requestID: String = "", detail: String? = nil
    ) {
        self.unixSeconds = unixSeconds
        self.event = event
        self.result = result
        self.accountID = accountID
        self.actor = actor
        self.sessionID = sessionID
        self.address = address
        self.requestID = requestID
        self.detail = detail
    }
}
