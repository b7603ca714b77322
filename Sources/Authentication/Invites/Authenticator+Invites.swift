internal import Storage

extension Authenticator {
    /// A code with which one person may register, once.
    ///
    /// - Parameters:
    ///   - roles: of the account that is made with it.
    ///   - lifetime: at least a second.
    package nonisolated(nonsending) func makeInvite(
        roles: Roles = .none, lifetime: Duration = .seconds(7 * 86_400), by principal: Principal = .operator,
        from client: Client = .local
    ) async throws(AuthError) -> String {
        let code = OpaqueToken(.invite)
        let now = currentSeconds
        let invite = Invite(
            registration: code.digest, roles: roles.names, createdUnixSeconds: now,
            expiresUnixSeconds: now + max(1, lifetime.components.seconds))
        let detail = roles.names.isEmpty ? nil : roles.names.joined(separator: " ")
        try await insert(invite, audit.record(.invite, by: principal, from: client, detail: detail))
        return code.text
    }

    /// A code with which the owner of an account may set a new password, once. It ends all sessions, and voids earlier codes.
    ///
    /// - Throws: ``AuthError/accountMissing``, also for a disabled account, which has no use for it.
    package nonisolated(nonsending) func makeReset(
        named name: String, lifetime: Duration = .seconds(86_400), by principal: Principal = .operator,
        from client: Client = .local
    ) async throws(AuthError) -> String {
        guard let account = try findAccount(named: name), account.state == .active else { throw .accountMissing }
        let code = OpaqueToken(.invite)
        let now = currentSeconds
        let invite = Invite(
            reset: code.digest, accountID: account.id, createdUnixSeconds: now,
            expiresUnixSeconds: now + max(1, lifetime.components.seconds))
        try await insert(
            invite, audit.record(.invite, account: account.id, by: principal, from: client, detail: "reset"))
        return code.text
    }

    /// A code that may be used now. Using it decides; this spares the hashing of what comes with a bad one.
    func findInvite(_ text: String, kind: Invite.Kind) throws(AuthError) -> (code: OpaqueToken, invite: Invite) {
        guard let code = OpaqueToken(parsing: text, as: .invite) else { throw .inviteInvalid }
        let invite: Invite?
        do throws(StorageError) {
            invite = try store.findInvite(codeHash: code.digest, kind: kind, now: currentSeconds)
        } catch {
            throw AuthError(error)
        }
        guard let invite else { throw .inviteInvalid }
        return (code, invite)
    }

    private nonisolated(nonsending) func insert(_ invite: Invite, _ record: AuditRecord) async throws(AuthError) {
        let now = invite.createdUnixSeconds
        do throws(StorageError) {
            let updated = try await store.insertInvite(invite, limits: limits, now: now, audit: record)
            if let updated { revoke(updated, now: now) }
        } catch {
            throw AuthError(error)
        }
        audit.log(record)
    }
}
