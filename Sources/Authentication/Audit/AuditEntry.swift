internal import Storage

/// One row of the audit.
package struct AuditEntry: Sendable, Equatable {
    /// Grows with time; names the page that follows.
    package let sequence: Int64
    package let unixSeconds: Int64
    /// Such as `login`.
    package let event: String
    /// `ok` or the code of the refusal.
    package let result: String
    /// Whom it was about.
    package let accountID: String?
    /// Who did it, where that is somebody else: `operator` or an account's id.
    package let actor: String?
    package let sessionID: String?
    package let address: String
    package let requestID: String
    package let detail: String?

    init(sequence: Int64, _ record: AuditRecord) {
        self.sequence = sequence
        unixSeconds = record.unixSeconds
        event = record.event
        result = record.result
        accountID = record.accountID?.text
        actor = record.actor
        sessionID = record.sessionID?.text
        address = record.address
        requestID = record.requestID
        detail = record.detail
    }
}
