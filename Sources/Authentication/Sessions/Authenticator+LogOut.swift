internal import Storage

extension Authenticator {
    /// Ends sessions of the account that a token or cookie speaks for. When it has returned, this process accepts nothing of theirs.
    ///
    /// Sessions that have ended already are no error.
    package nonisolated(nonsending) func logOut(
        _ identity: Identity, scope: LogoutScope, from client: Client
    ) async throws(AuthError) {
        let account = try accountID(of: identity)
        let session = identity.sessionID.flatMap { SessionID(parsing: $0) }
        try await logOut(account, session, scope: scope, from: client)
    }

    /// The same for whoever holds a refresh token.
    ///
    /// One of a session that has ended already is no error. An older token of a live session ends that session and no other.
    ///
    /// - Throws: ``AuthError/refreshInvalid``, ``AuthError/refreshReused``; what keeps us from serving.
    package nonisolated(nonsending) func logOut(
        refreshToken text: String, scope: LogoutScope, from client: Client
    ) async throws(AuthError) {
        guard let token = refreshTokens.parse(text), let id = SessionID(bytes: token.sessionID) else {
            throw .refreshInvalid
        }
        guard let session = try findSession(id), session.end == nil else { return }
        // An expired session speaks for no other, but its last access token may still be good.
        guard !session.isExpired(by: limits, now: currentSeconds) else {
            return try await logOut(session.accountID, id, scope: .this, from: client)
        }
        let isCurrent = session.tokenHash == token.digest
        try await logOut(session.accountID, id, scope: isCurrent ? scope : .this, from: client)
        // Its holder may be someone else than the one who has the newest.
        if !isCurrent && scope != .this { throw .refreshReused }
    }

    private nonisolated(nonsending) func logOut(
        _ account: AccountID, _ session: SessionID?, scope: LogoutScope, from client: Client
    ) async throws(AuthError) {
        let now = currentSeconds
        let record = audit.record(
            .logout, account: account, session: session, from: client, detail: "scope \(scope.rawValue)")
        do throws(StorageError) {
            switch scope {
            case .this:
                guard let session else { return }
                let hasEnded = try await store.endSession(
                    session, of: account, reason: .loggedOut, limits: limits, now: now, audit: record)
                // Also where the table does not know it, as after a restored backup: this process has seen its token.
                revoke([session], now: now)
                guard hasEnded else { return }
            case .others, .all:
                let ended = try await store.endSessions(
                    of: account, except: scope == .others ? session : nil, reason: .loggedOut, limits: limits,
                    now: now, audit: record)
                revoke(ended, now: now)
            }
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
    }

    /// The account of a credential that has been found good.
    func accountID(of identity: Identity) throws(AuthError) -> AccountID {
        guard let id = AccountID(parsing: identity.accountID) else { throw .invalidToken(code: "foreign_subject") }
        return id
    }
}
