internal import Storage

extension Authenticator {
    /// Gives the account that a token or cookie speaks for another password. The session that asks goes on, all others end.
    ///
    /// - Throws: ``AuthError/wrongPassword`` where `current` is not its password, or is not any more when the new one is written;
    ///   ``AuthError/weakPassword(_:)``, ``AuthError/malformedPassword``; what keeps us from serving.
    package nonisolated(nonsending) func updatePassword(
        of identity: Identity, current: String, to new: String, from client: Client
    ) async throws(AuthError) {
        let session = identity.sessionID.flatMap { SessionID(parsing: $0) }
        do throws(AuthError) {
            let account = try await findAccount(of: identity, provedBy: current, from: client)
            let hash = try await passwords.hash(try acceptablePassword(new, for: try Username(of: account)))
            try await setPassword(
                of: account, to: hash, ending: session.map { .others(than: $0) } ?? .all, as: .passwordChange,
                from: account.passwordVersion, session: session, client: client)
        } catch {
            throw audit.refusal(
                error, of: .passwordChange, account: AccountID(parsing: identity.accountID), session: session,
                from: client)
        }
    }

    /// Gives an account another password without asking for the old one, and ends all its sessions.
    ///
    /// - Throws: ``AuthError/accountMissing``, ``AuthError/weakPassword(_:)``, ``AuthError/malformedPassword``; what keeps us from
    ///   serving.
    package nonisolated(nonsending) func setPassword(
        username name: String, to password: String, by principal: Principal = .operator, from client: Client = .local
    ) async throws(AuthError) {
        guard let account = try findAccount(named: name), account.state != .deleted else { throw .accountMissing }
        try await setPassword(of: account, to: password, by: principal, from: client)
    }

    /// The same for the account of an id.
    package nonisolated(nonsending) func setPassword(
        id: String, to password: String, by principal: Principal, from client: Client = .local
    ) async throws(AuthError) {
        try await setPassword(of: try findAccount(id: id), to: password, by: principal, from: client)
    }

    /// Sets a new password with a code of ``makeReset(named:lifetime:by:from:)``, which this uses up, and ends all sessions.
    ///
    /// - Throws: ``AuthError/inviteInvalid`` before anything is hashed; ``AuthError/weakPassword(_:)``,
    ///   ``AuthError/malformedPassword``; what keeps us from serving.
    package nonisolated(nonsending) func resetPassword(
        code text: String, to new: String, from client: Client
    ) async throws(AuthError) {
        var account: Account?
        do throws(AuthError) {
            let (code, invite) = try findInvite(text, kind: .reset)
            account = try invite.accountID.flatMap { id throws(AuthError) in try findAccount(id) }
            guard let account, account.state == .active else { throw .inviteInvalid }
            let hash = try await passwords.hash(try acceptablePassword(new, for: try Username(of: account)))
            try await resetPassword(of: account, to: hash, redeeming: code, from: client)
        } catch {
            throw audit.refusal(error, of: .passwordReset, account: account?.id, from: client)
        }
    }

    /// The account of a credential, where the password is its own.
    /// - Throws: ``AuthError/wrongPassword``; ``AuthError/throttled(retryAfter:)``; ``AuthError/invalidToken(code:)`` where the
    ///   account is gone.
    nonisolated(nonsending) func findAccount(
        of identity: Identity, provedBy text: String, from client: Client
    ) async throws(AuthError) -> Account {
        let password = try presentedPassword(text)
        let account = try findActiveAccount(of: identity)
        let attempt = try await tryPassword(
            password, of: account.username, account, orThrow: .wrongPassword, from: client)
        if let attempt { store.acceptAttempt(attempt, now: currentSeconds) }
        return account
    }

    private nonisolated(nonsending) func setPassword(
        of account: Account, to password: String, by principal: Principal, from client: Client
    ) async throws(AuthError) {
        do throws(AuthError) {
            let hash = try await passwords.hash(try acceptablePassword(password, for: try Username(of: account)))
            try await setPassword(
                of: account, to: hash, ending: .all, as: .passwordReset, by: principal, client: client)
        } catch {
            throw audit.refusal(error, of: .passwordReset, account: account.id, by: principal, from: client)
        }
    }

    private nonisolated(nonsending) func setPassword(
        of account: Account, to hash: String, ending: SessionsToEnd, as event: AuditEvent,
        from version: Int64? = nil, session: SessionID? = nil,
        by principal: Principal? = nil, client: Client
    ) async throws(AuthError) {
        let now = currentSeconds
        let record = audit.record(event, account: account.id, by: principal, session: session, from: client)
        do throws(StorageError) {
            let updated = try await store.updatePassword(
                account.id, to: hash, from: version, ending: ending, clearing: .account(account.username),
                limits: limits, now: now, audit: record)
            revoke(updated, now: now)
            audit.log(record)
        } catch {
            if error == .passwordChanged { throw .wrongPassword }
            throw AuthError(error)
        }
    }

    private nonisolated(nonsending) func resetPassword(
        of account: Account, to hash: String, redeeming code: OpaqueToken, from client: Client
    ) async throws(AuthError) {
        let now = currentSeconds
        let record = audit.record(.passwordReset, account: account.id, from: client, detail: "with a code")
        do throws(StorageError) {
            let updated = try await store.updatePassword(
                redeemingReset: code.digest, to: hash, clearing: .account(account.username), limits: limits, now: now,
                audit: { _ in record })
            revoke(updated, now: now)
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
    }
}
