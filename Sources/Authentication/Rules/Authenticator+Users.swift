internal import Storage

extension Authenticator {
    /// One page of accounts in the order of their canonical usernames.
    ///
    /// - Parameters:
    ///   - prefix: with what the names begin, in whatever form; `nil` for all.
    ///   - canonicalUsername: of the last account of the page before; `nil` for the first page.
    ///   - limit: 1 to 1,000.
    package func findUsers(
        matching prefix: String? = nil, after canonicalUsername: String? = nil, limit: Int = 100
    ) throws(AuthError) -> [User] {
        var canonicalPrefix: String?
        if let prefix, !prefix.isEmpty {
            guard let bytes = CanonicalForm.apply(to: Array(prefix.utf8).span) else { return [] }
            canonicalPrefix = String(decoding: bytes, as: UTF8.self)
        }
        do throws(StorageError) {
            return try store.findAccounts(
                matching: canonicalPrefix, afterCanonicalUsername: canonicalUsername, limit: limit
            ).map(User.init)
        } catch {
            throw AuthError(error)
        }
    }

    /// - Throws: ``AuthError/accountMissing``.
    package func findUser(id: String) throws(AuthError) -> User { User(try findAccount(id: id)) }

    /// - Throws: ``AuthError/accountMissing``.
    package func findUser(named name: String) throws(AuthError) -> User {
        guard let account = try findAccount(named: name), account.state != .deleted else { throw .accountMissing }
        return User(account)
    }

    /// Disables or enables an account. Disabling ends its sessions.
    ///
    /// - Throws: ``AuthError/accountMissing``, also for a deleted account.
    package nonisolated(nonsending) func updateState(
        id: String, isDisabled: Bool, by principal: Principal, from client: Client = .local
    ) async throws(AuthError) {
        let event = isDisabled ? AuditEvent.accountDisable : .accountEnable
        let account = try findAccount(id: id)
        let now = currentSeconds
        let record = audit.record(event, account: account.id, by: principal, from: client)
        do throws(StorageError) {
            let updated = try await store.updateState(
                account.id, to: isDisabled ? .disabled : .active, limits: limits, now: now, audit: record)
            revoke(updated, now: now)
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
    }

    /// Gives an account other roles. Its sessions go on; access tokens that say what it was before are refused, so that the clients
    /// refresh them.
    ///
    /// - Throws: ``AuthError/accountMissing``.
    package nonisolated(nonsending) func updateRoles(
        id: String, to roles: Roles, by principal: Principal, from client: Client = .local
    ) async throws(AuthError) {
        let account = try findAccount(id: id)
        let now = currentSeconds
        let record = audit.record(
            .rolesChange, account: account.id, by: principal, from: client,
            detail: roles.names.joined(separator: " "))
        do throws(StorageError) {
            let updated = try await store.updateRoles(
                account.id, to: roles.names, limits: limits, now: now, audit: record)
            revoke(updated, now: now)
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
    }

    /// Deletes an account; its name stays taken.
    ///
    /// - Throws: ``AuthError/accountMissing``.
    package nonisolated(nonsending) func deleteUser(
        id: String, by principal: Principal, from client: Client = .local
    ) async throws(AuthError) {
        try await delete(try findAccount(id: id), by: principal, client: client)
    }

    /// An account that is not deleted.
    func findAccount(id text: String) throws(AuthError) -> Account {
        guard let id = AccountID(parsing: text) else { throw .accountMissing }
        guard let account = try findAccount(id), account.state != .deleted else { throw .accountMissing }
        return account
    }
}
