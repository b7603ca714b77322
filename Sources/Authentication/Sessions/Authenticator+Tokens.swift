internal import JWT
internal import Storage

extension Authenticator {
    /// A new access token of a session, which does not outlast it, and the refresh token that goes with it.
    func issueTokens(
        for account: Account, session: Session, refreshToken: RefreshToken
    ) throws(AuthError) -> LoggedIn {
        let now = currentSeconds
        let sessionEnd = session.expirySeconds(by: limits)
        do throws(JWTError) {
            let (token, claims) = try keys.current.issuer.issue(
                subject: account.id.text, username: account.username, roles: account.roles,
                clientID: settings.clientID, sessionID: session.id.text,
                authenticatedAt: UnixTime(session.authenticatedUnixSeconds), epoch: account.epoch,
                sessionEnd: UnixTime(sessionEnd))
            return LoggedIn(
                identity: Identity(claims), accessToken: token,
                lifetime: .seconds(claims.expiry.seconds - claims.issuedAt.seconds), refreshToken: refreshToken.text,
                refreshLifetime: .seconds(max(0, sessionEnd - now)), cookie: nil)
        } catch {
            throw .fault(cause: "no access token can be issued: \(error.code)")
        }
    }

    /// Refuses the tokens of sessions from here on, in this process at once.
    func revoke(_ sessions: [SessionID], now: Int64) {
        let expiry = now + limits.accessTokenSeconds
        for session in sessions {
            revoked.insert(session: session.text, expiryUnixSeconds: expiry, now: now)
        }
    }

    /// The same for what a change of an account has ended.
    func revoke(_ updated: AccountUpdated, now: Int64) {
        revoke(updated.ended, now: now)
        guard let epoch = updated.epoch else { return }
        revoked.insert(
            account: updated.accountID.text, epoch: epoch, expiryUnixSeconds: now + limits.accessTokenSeconds, now: now)
    }
}
