internal import GRDB

extension Store {
    /// Adds an account. Of several at once with one canonical username exactly one succeeds.
    ///
    /// - Throws: ``StorageError/usernameTaken``, or what kept the database from writing.
    package nonisolated(nonsending) func insertAccount(_ account: Account) async throws(StorageError) {
        try await writer.write { db in
            // Asked inside the transaction, which holds the write lock, so the answer cannot be overtaken.
            let taken = try db.cachedStatement(sql: "SELECT 1 FROM accounts WHERE canonical = ?")
            if try Int.fetchOne(taken, arguments: [account.canonicalUsername]) != nil {
                throw StorageError.usernameTaken
            }
            try db.cachedStatement(
                sql: """
                    INSERT INTO accounts (\(Account.columns))
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                account.id.text, account.username, account.canonicalUsername, account.passwordHash,
                account.roles.joined(separator: " "), account.state.rawValue, account.createdUnixSeconds,
                account.updatedUnixSeconds,
            ])
        }
    }

    /// The account of a canonical username, in whatever state.
    package func findAccount(canonicalUsername: String) throws(StorageError) -> Account? {
        try read { db in
            let statement = try db.cachedStatement(sql: "SELECT \(Account.columns) FROM accounts WHERE canonical = ?")
            return try Row.fetchOne(statement, arguments: [canonicalUsername]).map(Account.init(row:))
        }
    }

    /// The account of an id, in whatever state.
    package func findAccount(id: AccountID) throws(StorageError) -> Account? {
        try read { db in
            let statement = try db.cachedStatement(sql: "SELECT \(Account.columns) FROM accounts WHERE id = ?")
            return try Row.fetchOne(statement, arguments: [id.text]).map(Account.init(row:))
        }
    }

    /// One page of accounts in the order of their canonical usernames.
    ///
    /// - Parameters:
    ///   - canonicalUsername: where the page before ended; `nil` for the first.
    ///   - limit: 1 to 1,000.
    package func findAccounts(
        afterCanonicalUsername canonicalUsername: String? = nil, limit: Int
    ) throws(StorageError) -> [Account] {
        precondition((1...1_000).contains(limit), "a page holds 1 to 1,000 accounts")
        return try read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT \(Account.columns) FROM accounts WHERE canonical > ? ORDER BY canonical LIMIT ?")
            // No canonical username is empty, so the empty one stands before all.
            return try Row.fetchAll(statement, arguments: [canonicalUsername ?? "", limit]).map(Account.init(row:))
        }
    }

    /// Gives an account another password.
    ///
    /// - Throws: ``StorageError/accountMissing``, or what kept the database from writing.
    package nonisolated(nonsending) func updatePasswordHash(
        id: AccountID, to passwordHash: String, atUnixSeconds now: Int64
    ) async throws(StorageError) {
        try await writer.write { db in
            try db.cachedStatement(sql: "UPDATE accounts SET password_hash = ?, updated = ? WHERE id = ?")
                .execute(arguments: [passwordHash, now, id.text])
            if db.changesCount == 0 { throw StorageError.accountMissing }
        }
    }

    /// Replaces the hash of a password by another hash of the same password. Where the stored one is not that any more, because the
    /// password has been changed since, it stays.
    ///
    /// - Returns: whether it was replaced. The time of the last change stays: nobody changed anything.
    package nonisolated(nonsending) func replacePasswordHash(
        id: AccountID, from known: String, to passwordHash: String
    ) async throws(StorageError) -> Bool {
        try await writer.write { db in
            try db.cachedStatement(sql: "UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash = ?")
                .execute(arguments: [passwordHash, id.text, known])
            return db.changesCount == 1
        }
    }

    /// Enables or disables an account.
    ///
    /// - Throws: ``StorageError/accountMissing``, or what kept the database from writing.
    package nonisolated(nonsending) func updateState(
        id: AccountID, to state: Account.State, atUnixSeconds now: Int64
    ) async throws(StorageError) {
        try await writer.write { db in
            try db.cachedStatement(sql: "UPDATE accounts SET state = ?, updated = ? WHERE id = ?")
                .execute(arguments: [state.rawValue, now, id.text])
            if db.changesCount == 0 { throw StorageError.accountMissing }
        }
    }
}

extension Account {
    /// Named one by one: a newer process may add columns while statements of ours are prepared.
    fileprivate static let columns = "id, username, canonical, password_hash, roles, state, created, updated"

    fileprivate init(row: Row) throws(StorageError) {
        guard let id = AccountID(parsing: try row.column("id")) else {
            throw .corrupt(detail: "an account id is not 32 hexadecimal digits")
        }
        self.init(
            id: id,
            username: try row.column("username"),
            canonicalUsername: try row.column("canonical"),
            passwordHash: try row.column("password_hash"),
            roles: try row.column("roles", String.self).split(separator: " ").map(String.init),
            // A state that a newer binary invented is no reason to let anyone in.
            state: State(rawValue: try row.column("state")) ?? .disabled,
            createdUnixSeconds: try row.column("created"),
            updatedUnixSeconds: try row.column("updated"))
    }
}
