internal import JWT
internal import Storage

extension Authenticator {
    /// One page of accounts in the order of their canonical usernames.
    ///
    /// - Parameters:
    ///   - canonicalUsername: of the last account of the page before; `nil` for the first page.
    ///   - limit: 1 to 1,000.
    package func findUsers(after canonicalUsername: String? = nil, limit: Int = 100) throws(AuthError) -> [User] {
        do throws(StorageError) {
            return try store.findAccounts(afterCanonicalUsername: canonicalUsername, limit: limit).map(User.init)
        } catch {
            throw AuthError(error)
        }
    }

    /// Gives an account another password, for the operator: the old one is not asked for.
    ///
    /// - Throws: ``AuthError/accountMissing``, ``AuthError/weakPassword(_:)``, ``AuthError/malformedPassword``; what keeps us from
    ///   serving.
    package nonisolated(nonsending) func updatePassword(
        username name: String, to password: String
    ) async throws(AuthError) {
        guard let account = try findAccount(named: name) else { throw .accountMissing }
        let username: Username
        do throws(InvalidUsername) {
            username = try Username(parsing: account.username)
        } catch {
            throw .fault(cause: "the stored username of account \(account.id) is not valid")
        }
        let passwordHash = try await passwords.hash(try acceptablePassword(password, for: username))
        do throws(StorageError) {
            try await store.updatePasswordHash(id: account.id, to: passwordHash, atUnixSeconds: clock().seconds)
        } catch {
            throw AuthError(error)
        }
    }
}
