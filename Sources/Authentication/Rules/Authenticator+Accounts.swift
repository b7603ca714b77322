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
            let account = try await findAccount(of: identity, provedBy: password)
            try await delete(account, by: nil, from: client)
        } catch {
            throw audit.refusal(
                error, of: .accountDelete, account: AccountID(parsing: identity.accountID), from: client)
        }
    }

    func findActiveAccount(of identity: Identity) throws(AuthError) -> Account {
        let id = try accountID(of: identity)
        let account: Account?
        do throws(StorageError) {
            account = try store.findAccount(id: id)
        } catch {
            throw AuthError(error)
        }
        guard let account, account.state == .active else { throw .invalidToken(code: "account_inactive") }
        return account
    }

    nonisolated(nonsending) func delete(
        _ account: Account, by principal: Principal?, from client: Client
    ) async throws(AuthError) {
        let now = clock().seconds
        let record = audit.record(.accountDelete, account: account.id, by: principal, from: client)
        do throws(StorageError) {
            revoke(try await store.deleteAccount(account.id, limits: limits, now: now, audit: record), now: now)
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
    }
}
