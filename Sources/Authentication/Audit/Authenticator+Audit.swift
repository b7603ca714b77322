internal import Storage

extension Authenticator {
    /// One page of the audit, the newest first.
    ///
    /// - Parameters:
    ///   - sequence: of the last row of the page before; `nil` for the first page.
    ///   - limit: 1 to 1,000.
    ///   - account: whose rows, by the account's id; `nil` for everybody's.
    package func findAudit(
        before sequence: Int64? = nil, limit: Int = 100, account: String? = nil
    ) throws(AuthError) -> [AuditEntry] {
        var id: AccountID?
        if let account {
            id = AccountID(parsing: account)
            guard id != nil else { return [] }
        }
        do throws(StorageError) {
            return try store.findAudit(before: sequence, limit: limit, account: id).map {
                AuditEntry(sequence: $0.sequence, $0.record)
            }
        } catch {
            throw AuthError(error)
        }
    }
}
