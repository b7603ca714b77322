internal import Counting
internal import JWT
internal import Storage

extension Authenticator {
    /// Who an access token speaks for. Asks neither the database nor anyone else: the hot path.
    ///
    /// - Throws: ``AuthError/missingToken``, ``AuthError/invalidToken(code:)``.
    package func authenticate(_ token: borrowing Span<UInt8>) throws(AuthError) -> Identity {
        guard token.count > 0 else { throw .missingToken }
        return Identity(try verifiedClaims(of: token))
    }

    /// Who a cookie speaks for. Cookies that were asked for lately cost no read, others one.
    ///
    /// - Throws: ``AuthError/missingToken``, ``AuthError/invalidToken(code:)``; what keeps us from serving.
    package func authenticate(cookie: borrowing Span<UInt8>) throws(AuthError) -> Identity {
        guard cookie.count > 0 else { throw .missingToken }
        guard OpaqueToken.isWellFormed(cookie, as: .cookie) else { throw .invalidToken(code: "malformed_cookie") }
        let digest = tokenDigest(cookie)
        let now = currentSeconds
        let entry = try cookieSession(digest, now: now)
        guard !entry.isExpired(at: now) else {
            cookies.remove(digest)
            throw .invalidToken(code: "session_expired")
        }
        if entry.isTouchDue(at: now) { touch(entry, digest, now: now) }
        return entry.identity
    }

    /// The claims of an access token that is good now.
    func verifiedClaims(of token: borrowing Span<UInt8>) throws(AuthError) -> AccessTokenClaims {
        let claims: AccessTokenClaims
        do throws(JWTError) {
            claims = try keys.current.verifier.verify(token)
        } catch {
            throw AuthError(verifying: error)
        }
        switch revoked.refusal(session: claims.sessionID, account: claims.subject, epoch: claims.epoch) {
        case nil: return claims
        case .sessionEnded: throw .invalidToken(code: "session_revoked")
        case .epochPassed: throw .invalidToken(code: "token_outdated")
        }
    }

    private func cookieSession(_ digest: [UInt8], now: Int64) throws(AuthError) -> CookieSession {
        let known = cookies.find(digest)
        if let entry = known, entry.isFresh(at: now) {
            switch refusal(of: entry) {
            case nil:
                cookies.lookups.hits.add()
                return entry
            case .sessionEnded: throw .invalidToken(code: "session_revoked")
            // The account has changed, and the session may well go on.
            case .epochPassed: break
            }
        }
        cookies.lookups.misses.add()
        let found: (Session, Account)?
        do throws(StorageError) {
            found = try store.findCookieSession(tokenHash: digest)
        } catch {
            throw AuthError(error)
        }
        guard let (session, account) = found, session.end == nil, account.state == .active else {
            cookies.remove(digest)
            throw .invalidToken(code: found == nil ? "unknown_session" : "session_revoked")
        }
        let entry = CookieSession(session, account, previous: known, limits: limits, readAt: now)
        // What ended while we read is in memory by now or was seen by the read.
        guard refusal(of: entry) == nil else { throw .invalidToken(code: "session_revoked") }
        cookies.insert(entry, for: digest)
        return entry
    }

    private func refusal(of entry: CookieSession) -> RevokedAccess.Refusal? {
        revoked.refusal(
            session: entry.session.id.text, account: entry.identity.accountID, epoch: entry.account.epoch)
    }

    private func touch(_ entry: CookieSession, _ digest: [UInt8], now: Int64) {
        store.touchSession(entry.session.id, now: now)
        cookies.insert(entry.touched(at: now, limits: limits), for: digest)
    }
}
