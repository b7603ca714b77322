internal import Bcrypt
package import Storage

extension Authenticator {
    /// Adds accounts with the hashes that they had elsewhere: all of one call, or none where it fails.
    ///
    /// The hashes are taken as they are, whatever the policy for new passwords. Running it again changes nothing.
    ///
    /// - Parameter isReplacing: whether an account that is there with another hash gets the one that comes; its sessions end.
    /// - Returns: what was done, in the order of the accounts.
    package nonisolated(nonsending) func importUsers(
        _ users: [MovedUser], isReplacing: Bool = false
    ) async throws(AuthError) -> [ImportOutcome] {
        let now = currentSeconds
        do throws(StorageError) {
            return try await store.importAccounts(
                imported(users, now: now), isReplacing: isReplacing, limits: limits, now: now)
        } catch {
            throw AuthError(error)
        }
    }

    /// What ``importUsers(_:isReplacing:)`` would do.
    package func judgeImport(of users: [MovedUser], isReplacing: Bool = false) throws(AuthError) -> [ImportOutcome] {
        do throws(StorageError) {
            return try store.judgeImport(of: imported(users, now: currentSeconds), isReplacing: isReplacing)
        } catch {
            throw AuthError(error)
        }
    }

    private func imported(_ users: [MovedUser], now: Int64) -> [ImportedAccount] {
        users.map { user in
            let account = Account(
                id: user.id ?? .random(), username: user.username.shown,
                canonicalUsername: user.username.canonical, passwordHash: user.hash.text, roles: user.roles.names,
                state: user.isDisabled ? .disabled : .active, createdUnixSeconds: user.createdUnixSeconds ?? now,
                updatedUnixSeconds: now)
            return ImportedAccount(account, sameHashes: user.hash.spellings) { [audit] id in
                audit.record(.accountImport, account: id, by: .operator, from: .local, detail: user.hash.algorithm)
            }
        }
    }
}

extension StoredHash {
    /// `$2y$` is how an export for Apache spells `$2b$`.
    fileprivate var spellings: [String] {
        guard case .bcrypt(let hash) = self else { return [text] }
        switch hash.scheme {
        case .bcrypt2b, .bcrypt2y: return ["$2b", "$2y"].map { $0 + text.dropFirst(3) }
        case .bcrypt2a, .bcryptSHA256: return [text]
        }
    }
}
