internal import GRDB

extension Store {
    /// What has been revoked since an earlier call, and still matters. From 0 on it is everything.
    package func findRevocations(after sequence: Int64, now: Int64) throws(StorageError) -> Revocations {
        try read { db in
            var last = sequence
            var sessions: [(session: SessionID, expires: Int64)] = []
            var epochs: [(account: AccountID, epoch: Int64, expires: Int64)] = []
            let rows = try Row.fetchCursor(
                db.cachedStatement(
                    sql: "SELECT seq, session, account, epoch, expires FROM revocations WHERE seq > ? ORDER BY seq"),
                arguments: [sequence])
            while let row = try rows.next() {
                last = try row.column("seq")
                let expires: Int64 = try row.column("expires")
                guard expires > now else { continue }
                if let session = try row.column("session", String?.self).flatMap(SessionID.init(parsing:)) {
                    sessions.append((session, expires))
                }
                if let account = try row.column("account", String?.self).flatMap(AccountID.init(parsing:)) {
                    epochs.append((account, try row.column("epoch"), expires))
                }
            }
            return Revocations(sequence: last, sessions: sessions, epochs: epochs)
        }
    }
}
