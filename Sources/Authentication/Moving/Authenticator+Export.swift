internal import Storage

extension Authenticator {
    /// One page of accounts with their hashes, in the order of their canonical usernames, without those that are deleted.
    ///
    /// - Parameter canonicalUsername: where the page before ended; `nil` for the first.
    /// - Returns: the accounts, and where the next page begins; `nil` after the last one.
    package func exportUsers(
        after canonicalUsername: String? = nil
    ) throws(AuthError) -> (users: [MovedUser], next: String?) {
        let page: [Account]
        do throws(StorageError) {
            page = try store.findAccounts(afterCanonicalUsername: canonicalUsername, limit: 500)
        } catch {
            throw AuthError(error)
        }
        var users: [MovedUser] = []
        for account in page where account.state != .deleted {
            users.append(
                MovedUser(
                    username: try Username(of: account), hash: try storedHash(of: account),
                    roles: try Roles(parsing: account.roles), isDisabled: account.state == .disabled,
                    createdUnixSeconds: account.createdUnixSeconds, id: account.id))
        }
        return (users, page.last?.canonicalUsername)
    }

    /// Writes down that the hashes have left the database.
    package nonisolated(nonsending) func recordExport() async throws(AuthError) {
        let record = audit.record(.accountExport, by: .operator, from: .local)
        do throws(StorageError) {
            try await store.insertDurableAudit(record)
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
    }

    private func storedHash(of account: Account) throws(AuthError) -> StoredHash {
        do throws(StoredHashFault) {
            return try StoredHash(parsing: account.passwordHash)
        } catch {
            throw .fault(cause: "the stored password hash of account \(account.id) is \(error)")
        }
    }
}
