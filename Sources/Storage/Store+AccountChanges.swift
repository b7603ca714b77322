internal import GRDB

extension Store {
    /// Gives an account another password, ends its sessions and voids the codes by which it could be set anew.
    ///
    /// - Parameters:
    ///   - passwordVersion: of the password that was verified for it; `nil` where none was needed.
    ///   - ending: all raises the epoch, so that every access token is refused.
    ///   - attempts: whose failures, which were with another password, are forgotten.
    /// - Throws: ``StorageError/accountMissing``, also for a deleted one, ``StorageError/passwordChanged``, or what
    ///   kept the database from writing.
    package nonisolated(nonsending) func updatePassword(
        _ id: AccountID, to passwordHash: String, from passwordVersion: Int64? = nil, ending: SessionsToEnd,
        clearing attempts: ThrottleKey? = nil, limits: SessionLimits, now: Int64, audit: AuditRecord? = nil
    ) async throws(StorageError) -> PasswordUpdated {
        try await writer.write { [upkeep] db in
            let account = try Account.findUndeleted(id, db)
            if let passwordVersion, passwordVersion != account.passwordVersion { throw StorageError.passwordChanged }
            let updated = try Self.setPassword(
                of: account, to: passwordHash, ending: ending, limits: limits, now: now, upkeep, db)
            if let attempts { try ThrottleCount.clear(attempts, db) }
            try upkeep.insert(audit, db)
            return updated
        }
    }

    /// Gives the account of a reset code another password, ends all its sessions and uses the code up.
    ///
    /// - Parameter attempts: whose failures, which were with another password, are forgotten.
    /// - Throws: ``StorageError/inviteInvalid``, or what kept the database from writing.
    package nonisolated(nonsending) func updatePassword(
        redeemingReset codeHash: [UInt8], to passwordHash: String, clearing attempts: ThrottleKey? = nil,
        limits: SessionLimits, now: Int64,
        audit: @escaping @Sendable (AccountID) -> AuditRecord? = { _ in nil }
    ) async throws(StorageError) -> PasswordUpdated {
        try await writer.write { [upkeep] db in
            let invite = try Invite.redeem(codeHash, kind: .reset, now: now, db)
            guard let id = invite.accountID, let account = try Account.find(id, db), account.state != .deleted else {
                throw StorageError.inviteInvalid
            }
            let updated = try Self.setPassword(
                of: account, to: passwordHash, ending: .all, limits: limits, now: now, upkeep, db)
            if let attempts { try ThrottleCount.clear(attempts, db) }
            try upkeep.insert(audit(id), db)
            return updated
        }
    }

    /// Enables or disables an account; disabling ends its sessions. Either refuses every access token so far, but for
    /// enabling one that is enabled, which changes nothing.
    ///
    /// - Throws: ``StorageError/accountMissing``, also for a deleted one, or what kept the database from writing.
    package nonisolated(nonsending) func updateState(
        _ id: AccountID, to state: Account.State, limits: SessionLimits, now: Int64, audit: AuditRecord? = nil
    ) async throws(StorageError) -> AccountUpdated {
        precondition(state != .deleted, "deleting is more than a state")
        return try await writer.write { [upkeep] db in
            let account = try Account.findUndeleted(id, db)
            try upkeep.insert(audit, db)
            if state == .active, account.state == .active {
                return AccountUpdated(accountID: id, epoch: nil, ended: [])
            }
            try db.cachedStatement(sql: "UPDATE accounts SET state = ?, updated = ? WHERE id = ?")
                .execute(arguments: [state.rawValue, now, id.text])
            let epoch = try account.raiseEpoch(limits: limits, now: now, db)
            guard state == .disabled else {
                try upkeep.deleteRevocations(db, now: now)
                return AccountUpdated(accountID: id, epoch: epoch, ended: [])
            }
            let ended = try Self.endSessions(
                of: id, except: nil, reason: .accountDisabled, limits: limits, now: now, upkeep, db)
            return AccountUpdated(accountID: id, epoch: epoch, ended: ended)
        }
    }

    /// Gives an account other roles. Its sessions go on, its access tokens are refused.
    ///
    /// - Throws: ``StorageError/accountMissing``, also for a deleted one, or what kept the database from writing.
    package nonisolated(nonsending) func updateRoles(
        _ id: AccountID, to roles: [String], limits: SessionLimits, now: Int64, audit: AuditRecord? = nil
    ) async throws(StorageError) -> AccountUpdated {
        try await writer.write { [upkeep] db in
            let account = try Account.findUndeleted(id, db)
            try db.cachedStatement(sql: "UPDATE accounts SET roles = ?, updated = ? WHERE id = ?")
                .execute(arguments: [roles.joined(separator: " "), now, id.text])
            let epoch = try account.raiseEpoch(limits: limits, now: now, db)
            try upkeep.deleteRevocations(db, now: now)
            try upkeep.insert(audit, db)
            return AccountUpdated(accountID: id, epoch: epoch, ended: [])
        }
    }

    /// Empties an account of all but its canonical name, which stays taken, and ends its sessions.
    ///
    /// - Throws: ``StorageError/accountMissing``, also for a deleted one, or what kept the database from writing.
    package nonisolated(nonsending) func deleteAccount(
        _ id: AccountID, from passwordVersion: Int64? = nil, limits: SessionLimits, now: Int64,
        audit: AuditRecord? = nil
    ) async throws(StorageError) -> AccountUpdated {
        try await writer.write { [upkeep] db in
            let account = try Account.findUndeleted(id, db)
            if let passwordVersion, passwordVersion != account.passwordVersion { throw StorageError.passwordChanged }
            let epoch = try account.raiseEpoch(limits: limits, now: now, db)
            try db.cachedStatement(
                sql: "UPDATE sessions SET address = '', user_agent = '' WHERE account = ? AND ended IS NULL"
            ).execute(arguments: [id.text])
            let ended = try Self.endSessions(
                of: id, except: nil, reason: .accountDeleted, limits: limits, now: now, upkeep, db)
            try Invite.deleteAll(of: id, db)
            try db.cachedStatement(
                sql: """
                    UPDATE accounts SET username = canonical, password_hash = '', roles = '', state = 'deleted',
                    updated = ?, password_version = password_version + 1 WHERE id = ?
                    """
            ).execute(arguments: [now, id.text])
            try upkeep.insert(audit, db)
            return AccountUpdated(accountID: id, epoch: epoch, ended: ended)
        }
    }

    static func setPassword(
        of account: Account, to passwordHash: String, ending: SessionsToEnd, limits: SessionLimits, now: Int64,
        _ upkeep: Upkeep, _ db: Database
    ) throws -> PasswordUpdated {
        try db.cachedStatement(
            sql: """
                UPDATE accounts SET password_hash = ?, updated = ?, password_version = password_version + 1
                WHERE id = ?
                """
        ).execute(arguments: [passwordHash, now, account.id.text])
        try Invite.deleteAll(of: account.id, db)
        let kept: SessionID?
        let epoch: Int64?
        switch ending {
        case .all:
            kept = nil
            epoch = try account.raiseEpoch(limits: limits, now: now, db)
        case .others(let session):
            kept = session
            epoch = nil
        }
        let ended = try endSessions(
            of: account.id, except: kept, reason: .passwordChanged, limits: limits, now: now, upkeep, db)
        return PasswordUpdated(accountID: account.id, epoch: epoch, ended: ended)
    }
}

extension Account {
    /// Refuses every access token issued so far. Larger than the old epoch whatever the clock says.
    fileprivate func raiseEpoch(limits: SessionLimits, now: Int64, _ db: Database) throws -> Int64 {
        let raised = max(saturatingSum(epoch, 1), now)
        try db.cachedStatement(sql: "UPDATE accounts SET epoch = ? WHERE id = ?").execute(arguments: [raised, id.text])
        try db.cachedStatement(sql: "INSERT INTO revocations (account, epoch, expires) VALUES (?, ?, ?)")
            .execute(arguments: [id.text, raised, limits.revocationExpiry(at: now)])
        return raised
    }
}
