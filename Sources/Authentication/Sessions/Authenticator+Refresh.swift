internal import Storage

extension Authenticator {
    /// Exchanges a refresh token for an access token and the next refresh token.
    ///
    /// Repeated within the grace period the same token gets the same successor, whoever asks, however often, in whichever process;
    /// a later repeat ends the session (RFC 9700 §4.14.2). What we have not made costs no read, what belongs to no live session one
    /// read and no write.
    ///
    /// - Throws: ``AuthError/refreshInvalid``, ``AuthError/refreshExpired``, ``AuthError/refreshReused``,
    ///   ``AuthError/sessionRevoked``; what keeps us from serving.
    package nonisolated(nonsending) func refresh(
        _ text: String, from client: Client
    ) async throws(AuthError) -> LoggedIn {
        guard let token = refreshTokens.parse(text), let id = SessionID(bytes: token.sessionID),
            let successor = refreshTokens.successor(of: token)
        else { throw .refreshInvalid }
        let now = currentSeconds
        guard let known = try findSession(id), known.kind == .refresh else { throw .refreshInvalid }
        do throws(AuthError) {
            if known.end != nil { throw .sessionRevoked }
            if known.isExpired(by: limits, now: now) { throw .refreshExpired }
            let (account, session) = try await rotate(token, of: known, to: successor, now: now, from: client)
            return try issueTokens(for: account, session: session, refreshToken: successor)
        } catch {
            // Written down with the end of the session, in one transaction.
            if error == .refreshReused { throw error }
            throw audit.refusal(error, of: .refresh, account: known.accountID, session: id, from: client)
        }
    }

    func findSession(_ id: SessionID) throws(AuthError) -> Session? {
        do throws(StorageError) {
            return try store.findSession(id)
        } catch {
            throw AuthError(error)
        }
    }

    private nonisolated(nonsending) func rotate(
        _ token: RefreshToken, of known: Session, to successor: RefreshToken, now: Int64, from client: Client
    ) async throws(AuthError) -> (Account, Session) {
        let done = audit.record(.refresh, account: known.accountID, session: known.id, from: client)
        let reused = audit.record(
            .refresh, account: known.accountID, session: known.id, from: client, refusedFor: .refreshReused)
        let outcome: RefreshOutcome
        do throws(StorageError) {
            outcome = try await store.rotateRefreshToken(
                session: known.id, generation: Int64(token.generation), presented: token.digest,
                successor: successor.digest, limits: limits, now: now
            ) { outcome in
                switch outcome {
                case .rotated: done
                case .reused: reused
                case .repeated, .expired, .ended, .unknown: nil
                }
            }
        } catch {
            throw AuthError(error)
        }
        switch outcome {
        case .rotated(let session, let account):
            audit.log(done)
            return (account, session)
        case .repeated(let session, let account): return (account, session)
        case .reused(let session):
            revoke([session.id], now: now)
            audit.warn(reused)
            throw .refreshReused
        case .expired: throw .refreshExpired
        case .ended: throw .sessionRevoked
        case .unknown: throw .refreshInvalid
        }
    }
}

extension RefreshToken {
    /// What is stored of it.
    var digest: [UInt8] { tokenDigest(text.utf8.span) }
}
