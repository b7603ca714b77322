internal import JWT
internal import Storage

extension Authenticator {
    /// What an access token says, where it is good now (RFC 7662); `nil` for everything else.
    ///
    /// Refresh tokens and cookies are no credential that a service should accept, and so are not active here.
    package func introspect(_ token: String) -> Introspection? {
        do throws(AuthError) {
            return Introspection(try verifiedClaims(of: token.utf8.span))
        } catch {
            return nil
        }
    }

    /// Ends the session of an access or a refresh token (RFC 7009 §2.1). A token that is none of ours or not good any more is no
    /// error (§2.2).
    ///
    /// - Throws: what keeps us from serving.
    package nonisolated(nonsending) func revoke(_ token: String, from client: Client) async throws(AuthError) {
        guard let (account, session) = try findSession(ofToken: token) else { return }
        let now = currentSeconds
        let record = audit.record(.tokenRevoke, account: account, session: session, from: client)
        let hasEnded: Bool
        do throws(StorageError) {
            hasEnded = try await store.endSession(
                session, of: account, reason: .revoked, limits: limits, now: now, audit: record)
        } catch {
            throw AuthError(error)
        }
        // Also where it had expired: its last access token may still be good.
        revoke([session], now: now)
        if hasEnded { audit.log(record) }
    }

    private func findSession(ofToken text: String) throws(AuthError) -> (AccountID, SessionID)? {
        if let token = refreshTokens.parse(text), let id = SessionID(bytes: token.sessionID) {
            guard let session = try findSession(id), session.end == nil else { return nil }
            return (session.accountID, id)
        }
        guard let identity = introspect(text)?.identity, let account = AccountID(parsing: identity.accountID),
            let session = identity.sessionID.flatMap({ SessionID(parsing: $0) })
        else { return nil }
        return (account, session)
    }
}
