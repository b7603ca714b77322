internal import JWT
internal import Storage

extension Authenticator {
    /// Exchanges a name and a password for a new session.
    ///
    /// Unknown name, wrong password, one that is too long and disabled account take the same way: one read, one bcrypt of the
    /// configured cost, one answer.
    /// Inserting the session judges the account again, so that no login outlives a change of the password or of the account that
    /// was made while it was being hashed. A hash of an older kind or a lower cost is replaced later on, and the answer does
    /// not wait for it.
    ///
    /// - Parameter asCookie: gives an opaque cookie instead of tokens.
    /// - Throws: ``AuthError/invalidCredentials``; ``AuthError/malformedPassword``; ``AuthError/throttled(retryAfter:)``;
    ///   what keeps us from serving.
    package nonisolated(nonsending) func logIn(
        username: String, password text: String, asCookie: Bool = false, from client: Client
    ) async throws(AuthError) -> LoggedIn {
        var account: Account?
        do throws(AuthError) {
            let password = try presentedPassword(text)
            account = try findAccount(named: username)
            let attempt = try await tryPassword(
                password, of: username, account, orThrow: .invalidCredentials, from: client)
            guard let account, let password else { throw .invalidCredentials }
            do throws(AuthError) {
                let loggedIn =
                    asCookie
                    ? try await beginCookieSession(for: account, attempt, from: client)
                    : try await beginTokenSession(for: account, attempt, from: client)
                if let attempt { store.endAttempt(attempt) }
                upgradeHash(of: account, provedBy: password)
                return loggedIn
            } catch {
                if let attempt { abandon(attempt, because: error) }
                throw error
            }
        } catch {
            throw audit.refusal(error, of: .login, account: account?.id, from: client)
        }
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

    /// A password that may be wrong; `nil` where it is too long to be any account's.
    func presentedPassword(_ text: String) throws(AuthError) -> Password? {
        do throws(PasswordFault) {
            return try Password(parsing: text)
        } catch {
            switch error {
            case .tooLong: return nil
            case .containsNUL, .notUTF8: throw .malformedPassword
            }
        }
    }

    private nonisolated(nonsending) func beginTokenSession(
        for account: Account, _ attempt: ReservedAttempt?, from client: Client
    ) async throws(AuthError) -> LoggedIn {
        let id = SessionID.random()
        let refreshToken = refreshTokens.first(sessionID: id.bytes)
        let session = newSession(id, of: account, kind: .refresh, tokenHash: refreshToken.digest, from: client)
        let current = try await insert(session, passwordVersion: account.passwordVersion, attempt, from: client)
        return try issueTokens(for: current, session: session, refreshToken: refreshToken)
    }

    private nonisolated(nonsending) func beginCookieSession(
        for account: Account, _ attempt: ReservedAttempt?, from client: Client
    ) async throws(AuthError) -> LoggedIn {
        let cookie = OpaqueToken(.cookie)
        let session = newSession(.random(), of: account, kind: .cookie, tokenHash: cookie.digest, from: client)
        let current = try await insert(session, passwordVersion: account.passwordVersion, attempt, from: client)
        let (now, expiry) = (currentSeconds, session.expirySeconds(by: limits))
        return LoggedIn(
            identity: Identity(session, current, expiryUnixSeconds: expiry), accessToken: nil,
            lifetime: .seconds(expiry - now), refreshToken: nil, refreshLifetime: .seconds(expiry - now),
            cookie: cookie.text)
    }

    private func newSession(
        _ id: SessionID, of account: Account, kind: Session.Kind, tokenHash: [UInt8], from client: Client
    ) -> Session {
        let now = currentSeconds
        return Session(
            id: id, accountID: account.id, kind: kind, tokenHash: tokenHash, createdUnixSeconds: now,
            lastUsedUnixSeconds: now, authenticatedUnixSeconds: now, address: client.address,
            userAgent: client.userAgent)
    }

    /// - Returns: the account as it is in the transaction that begins the session.
    private nonisolated(nonsending) func insert(
        _ session: Session, passwordVersion: Int64, _ attempt: ReservedAttempt?, from client: Client
    ) async throws(AuthError) -> Account {
        let now = session.createdUnixSeconds
        let record = audit.record(.login, account: session.accountID, session: session.id, from: client)
        do throws(StorageError) {
            let inserted = try await store.insertSession(
                session, passwordVersion: passwordVersion, limits: limits, now: now, audit: record,
                attempt: attempt)
            revoke(inserted.ended, now: now)
            audit.log(record)
            return inserted.account
        } catch {
            if error == .accountMissing || error == .passwordChanged { throw .invalidCredentials }
            throw AuthError(error)
        }
    }
}

extension Account {
    /// What a password is verified against; a deleted account has nothing of the kind.
    var verifiableHash: String? { state == .deleted ? nil : passwordHash }
}
