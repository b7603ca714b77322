internal import Storage

extension Authenticator {
    /// One page of the live sessions of an account, the newest first.
    ///
    /// - Parameters:
    ///   - session: the last id of the page before; `nil` for the first page.
    ///   - limit: 1 to 1,000.
    package func findSessions(
        of identity: Identity, after session: String? = nil, limit: Int = 100
    ) throws(AuthError) -> [UserSession] {
        try findSessions(try accountID(of: identity), after: session, limit: limit, asking: identity.sessionID)
    }

    /// Ends one session of an account.
    ///
    /// - Throws: ``AuthError/sessionMissing`` where it is not a live session of this account, be it another's.
    package nonisolated(nonsending) func endSession(
        _ text: String, of identity: Identity, from client: Client
    ) async throws(AuthError) {
        let account = try accountID(of: identity)
        guard let id = SessionID(parsing: text) else { throw .sessionMissing }
        let now = currentSeconds
        let record = audit.record(.sessionEnd, account: account, session: id, from: client)
        let hasEnded: Bool
        do throws(StorageError) {
            hasEnded = try await store.endSession(
                id, of: account, reason: .endedByUser, limits: limits, now: now, audit: record)
        } catch {
            throw AuthError(error)
        }
        guard hasEnded else { throw .sessionMissing }
        revoke([id], now: now)
        audit.log(record)
    }

    /// The same page for an administrator.
    /// - Throws: ``AuthError/accountMissing``.
    package func findSessions(
        ofUser id: String, after session: String? = nil, limit: Int = 100
    ) throws(AuthError) -> [UserSession] {
        try findSessions(try findAccount(id: id).id, after: session, limit: limit, asking: nil)
    }

    /// Ends all sessions of an account, for an administrator.
    ///
    /// - Returns: how many there were.
    /// - Throws: ``AuthError/accountMissing``.
    @discardableResult
    package nonisolated(nonsending) func endSessions(
        ofUser id: String, by principal: Principal, from client: Client = .local
    ) async throws(AuthError) -> Int {
        let account = try findAccount(id: id)
        return try await endSessions(of: account.id, by: principal, from: client)
    }

    nonisolated(nonsending) func endSessions(
        of account: AccountID, by principal: Principal, from client: Client
    ) async throws(AuthError) -> Int {
        let now = currentSeconds
        let record = audit.record(.sessionEnd, account: account, by: principal, from: client, detail: "all")
        do throws(StorageError) {
            let ended = try await store.endSessions(
                of: account, except: nil, reason: .endedByOperator, limits: limits, now: now, audit: record)
            revoke(ended, now: now)
            audit.log(record)
            return ended.count
        } catch {
            throw AuthError(error)
        }
    }

    private func findSessions(
        _ account: AccountID, after session: String?, limit: Int, asking: String?
    ) throws(AuthError) -> [UserSession] {
        // An id that is none stands nowhere, and so before no page.
        let after = session.map { SessionID(parsing: $0) }
        if case .some(.none) = after { return [] }
        do throws(StorageError) {
            return try store.findSessions(
                of: account, after: after ?? nil, limit: limit, limits: limits, now: currentSeconds
            ).map { UserSession($0, asking: asking) }
        } catch {
            throw AuthError(error)
        }
    }
}
