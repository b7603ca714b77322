internal import Storage

extension Authenticator {
    /// The account that a token or cookie speaks for, as it is now.
    /// - Throws: ``AuthError/invalidToken(code:)`` where it has been disabled or deleted; what keeps us from serving.
    package func findUser(_ identity: Identity) throws(AuthError) -> User {
        User(try findActiveAccount(of: identity))
    }

    /// Deletes the account that a token or cookie speaks for; its name stays taken.
    ///
    /// - Throws: ``AuthError/wrongPassword``; what keeps us from serving.
    package nonisolated(nonsending) func deleteAccount(
        of identity: Identity, password: String, from client: Client
    ) async throws(AuthError) {
        do throws(AuthError) {
            let account = try await findAccount(of: identity, provedBy: password, from: client)
            try await delete(account, from: account.passwordVersion, by: nil, client: client)
        } catch {
            throw audit.refusal(
                error, of: .accountDelete, account: AccountID(parsing: identity.accountID), from: client)
        }
    }

    func findActiveAccount(of identity: Identity) throws(AuthError) -> Account {
        guard let account = try findAccount(try accountID(of: identity)), account.state == .active else {
            throw .invalidToken(code: "account_inactive")
        }
        return account
    }

    /// The account of an id, in whatever state.
    func findAccount(_ id: AccountID) throws(AuthError) -> Account? {
        do throws(StorageError) {
            return try store.findAccount(id: id)
        } catch {
            throw AuthError(error)
        }
    }

    nonisolated(nonsending) func delete(
        _ account: Account, from passwordVersion: Int64? = nil, by principal: Principal?, client: Client
    ) async throws(AuthError) {
        let now = currentSeconds
        let record = audit.record(.accountDelete, account: account.id, by: principal, from: client)
        do throws(StorageError) {
            let updated = try await store.deleteAccount(
                account.id, from: passwordVersion, limits: limits, now: now, audit: record)
            revoke(updated, now: now)
        } catch {
            if error == .passwordChanged { throw .wrongPassword }
            throw AuthError(error)
        }
        audit.log(record)
    }
}
