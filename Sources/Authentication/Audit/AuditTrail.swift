internal import JWT
internal import Logging
internal import Storage

/// What happened, as rows and as lines of the log: the same facts in both, and neither a secret nor a name that no account has, where
/// people type passwords.
struct AuditTrail: Sendable {
    let store: Store
    let logger: Logger
    let clock: @Sendable () -> UnixTime
    private let budget = RefusalBudget()

    init(store: Store, logger: Logger, clock: @escaping @Sendable () -> UnixTime) {
        self.store = store
        self.logger = logger
        self.clock = clock
    }

    /// A record to be written with the change that it tells of.
    func record(
        _ event: AuditEvent, account: AccountID? = nil, by principal: Principal? = nil, session: SessionID? = nil,
        from client: Client, refusedFor refusal: AuthError? = nil, detail: String? = nil
    ) -> AuditRecord {
        AuditRecord(
            unixSeconds: clock().seconds, event: event.rawValue, result: refusal?.code ?? "ok", accountID: account,
            actor: principal?.name, sessionID: session, address: client.address, requestID: client.requestID,
            detail: detail)
    }

    /// Tells the log of a record that has been written.
    func log(_ record: AuditRecord, at level: Logger.Level = .info) {
        var metadata: Logger.Metadata = ["event": "\(record.event)", "result": "\(record.result)"]
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { metadata[name] = "\(value)" }
        }
        add("account", record.accountID?.text)
        add("actor", record.actor)
        add("session", record.sessionID?.text)
        add("address", record.address)
        add("request_id", record.requestID)
        add("detail", record.detail)
        logger.log(level: level, "audit", metadata: metadata)
    }

    /// Tells the log of what somebody should look at.
    func warn(_ record: AuditRecord) { log(record, at: .warning) }

    /// A refusal on its way to the caller, written down where somebody was judged, as long as there is room for it.
    ///
    /// What kept us from judging is not an attempt that was judged; it stands in the log of errors.
    func refusal(
        _ error: AuthError, of event: AuditEvent, account: AccountID? = nil, by principal: Principal? = nil,
        session: SessionID? = nil, from client: Client
    ) -> AuthError {
        if error.isVerdict {
            let record = record(
                event, account: account, by: principal, session: session, from: client, refusedFor: error)
            log(record, at: .notice)
            if budget.take(at: record.unixSeconds) { store.insertAudit(record) }
        }
        return error
    }
}
