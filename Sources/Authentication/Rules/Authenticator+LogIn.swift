internal import Cryptography
internal import JWT
internal import Storage

extension Authenticator {
    /// Exchanges a name and a password for an access token of a new session.
    ///
    /// Unknown name, wrong password and disabled account take the same way: one read, one bcrypt of the configured cost, one answer.
    /// A hash of an older kind or a lower cost is replaced later on, and the answer does not wait for it.
    ///
    /// - Throws: ``AuthError/invalidCredentials``; ``AuthError/malformedPassword``; what keeps us from serving.
    package nonisolated(nonsending) func logIn(
        username: String, password: String
    ) async throws(AuthError) -> LoggedIn {
        let password = try presentedPassword(password)
        let account = try findAccount(named: username)
        let isRight = try await passwords.verify(password, against: account?.passwordHash)
        guard let account, isRight, account.state == .active else { throw .invalidCredentials }
        let loggedIn = try issueToken(for: account)
        upgradeHash(of: account, provedBy: password)
        return loggedIn
    }

    /// The account of a name as someone typed it; a name that no account can have has none.
    func findAccount(named name: String) throws(AuthError) -> Account? {
        // Why a name is not one is nobody's business at a login.
        guard let username = try? Username(parsing: name) else { return nil }
        do throws(StorageError) {
            return try store.findAccount(canonicalUsername: username.canonical)
        } catch {
            throw AuthError(error)
        }
    }

    /// A password that may be wrong. No account has one that is too long, so it is refused for every name and before any work.
    private func presentedPassword(_ text: String) throws(AuthError) -> Password {
        do throws(PasswordFault) {
            return try Password(parsing: text)
        } catch {
            switch error {
            case .tooLong: throw .invalidCredentials
            case .containsNUL, .notUTF8: throw .malformedPassword
            }
        }
    }

    private func issueToken(for account: Account) throws(AuthError) -> LoggedIn {
        do throws(JWTError) {
            let (token, claims) = try issuer.issue(
                subject: account.id.text, username: account.username, roles: account.roles,
                clientID: settings.clientID, sessionID: Base64URL.encode(randomBytes(16).span))
            return LoggedIn(
                token: token, identity: Identity(claims),
                lifetime: .seconds(claims.expiry.seconds - claims.issuedAt.seconds))
        } catch {
            throw .fault(cause: "no access token can be issued: \(error.code)")
        }
    }
}
