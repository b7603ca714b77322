internal import GRDB

extension Store {
    /// Adds an account. Of several at once with one canonical username exactly one succeeds.
    ///
    /// - Parameter codeHash: of a code that is used up by it and gives the account its roles.
    /// - Returns: the account as it was added.
    /// - Throws: ``StorageError/usernameTaken``, ``StorageError/inviteInvalid``, or what kept the database from writing.
    @discardableResult
    package nonisolated(nonsending) func insertAccount(
        _ account: Account, redeeming codeHash: [UInt8]? = nil, audit: AuditRecord? = nil
    ) async throws(StorageError) -> Account {
        try await writer.write { [upkeep] db in
            var account = account
            if let codeHash {
                let invite = try Invite.redeem(
                    codeHash, kind: .registration, now: account.createdUnixSeconds, db)
                account = account.replacing(roles: invite.roles)
            }
            // Asked inside the transaction, which holds the write lock, so the answer cannot be overtaken.
            let taken = try db.cachedStatement(sql: "SELECT 1 FROM accounts WHERE canonical = ?")
            if try Int.fetchOne(taken, arguments: [account.canonicalUsername]) != nil {
                throw StorageError.usernameTaken
            }
            try account.insert(db)
            try upkeep.insert(audit, db)
            return account
        }
    }

    /// The account of a canonical username, in whatever state.
    package func findAccount(canonicalUsername: String) throws(StorageError) -> Account? {
        try read { try Account.find(canonicalUsername: canonicalUsername, $0) }
    }

    /// The account of an id, in whatever state.
    package func findAccount(id: AccountID) throws(StorageError) -> Account? {
        try read { try Account.find(id, $0) }
    }

    /// One page of accounts in the order of their canonical usernames, in whatever state.
    ///
    /// - Parameters:
    ///   - prefix: of the canonical usernames; `nil` for all.
    ///   - canonicalUsername: where the page before ended; `nil` for the first.
    ///   - limit: 1 to 1,000.
    package func findAccounts(
        matching prefix: String? = nil, afterCanonicalUsername canonicalUsername: String? = nil, limit: Int
    ) throws(StorageError) -> [Account] {
        precondition((1...1_000).contains(limit), "a page holds 1 to 1,000 accounts")
        let prefix = prefix ?? ""
        let last = canonicalUsername ?? ""
        // SQLite compares bytes, and uses one lower bound: a deep page must not begin at the prefix.
        let isBehind = !last.utf8.lexicographicallyPrecedes(prefix.utf8)
        let comparison = isBehind && canonicalUsername != nil ? ">" : ">="
        return try read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT \(Account.columns) FROM accounts WHERE canonical \(comparison) ? AND canonical < ?
                    ORDER BY canonical LIMIT ?
                    """)
            // No name holds the last code point, which is no character (Unicode §23.7).
            return try Row.fetchAll(
                statement, arguments: [isBehind ? last : prefix, prefix + "\u{10FFFF}", limit]
            ).map(Account.init(row:))
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
}

extension Account {
    /// Named one by one: a newer process may add columns while statements of ours are prepared.
    fileprivate static let columns = """
        id, username, canonical, password_hash, roles, state, created, updated, epoch, password_version
        """

    /// The account of an id, in whatever state.
    static func find(_ id: AccountID, _ db: Database) throws -> Account? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM accounts WHERE id = ?")
        return try statement.fetchFirst([id.text]) { try Account(reading: &$0) }
    }

    /// The account of a canonical username, in whatever state.
    static func find(canonicalUsername: String, _ db: Database) throws -> Account? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM accounts WHERE canonical = ?")
        return try statement.fetchFirst([canonicalUsername]) { try Account(reading: &$0) }
    }

    func insert(_ db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT INTO accounts (\(Account.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            id.text, username, canonicalUsername, passwordHash, roles.joined(separator: " "), state.rawValue,
            createdUnixSeconds, updatedUnixSeconds, epoch, passwordVersion,
        ])
    }

    /// The account of an id, for changing it.
    static func findUndeleted(_ id: AccountID, _ db: Database) throws -> Account {
        guard let account = try find(id, db), account.state != .deleted else { throw StorageError.accountMissing }
        return account
    }

    fileprivate func replacing(roles: [String]) -> Account {
        Account(
            id: id, username: username, canonicalUsername: canonicalUsername, passwordHash: passwordHash, roles: roles,
            state: state, createdUnixSeconds: createdUnixSeconds, updatedUnixSeconds: updatedUnixSeconds, epoch: epoch,
            passwordVersion: passwordVersion)
    }

    fileprivate init(row: Row) throws(StorageError) {
        var columns = ColumnReader(row)
        try self.init(reading: &columns)
    }

    /// Reads ``columns``.
    fileprivate init(reading row: inout ColumnReader) throws(StorageError) {
        guard let id = AccountID(parsing: try row.next("id")) else {
            throw .corrupt(detail: "an account id is not 32 hexadecimal digits")
        }
        self.init(
            id: id,
            username: try row.next("username"),
            canonicalUsername: try row.next("canonical"),
            passwordHash: try row.next("password_hash"),
            roles: try row.next("roles", String.self).split(separator: " ").map(String.init),
            // A state that a newer binary invented is no reason to let anyone in.
            state: State(rawValue: try row.next("state")) ?? .disabled,
            createdUnixSeconds: try row.next("created"),
            updatedUnixSeconds: try row.next("updated"),
            epoch: try row.next("epoch"),
            passwordVersion: try row.next("password_version"))
    }
}
