internal import Storage

extension Authenticator {
    /// Exchanges a refresh token for an access token and the next refresh token.
    ///
    /// Repeated within the grace period the same token gets the same successor, whoever asks, however often, in whichever process;
    /// a later repeat ends the session (RFC 9700 §4.14.2). What we have not made costs nothing, and what belongs to no live
    /// session changes nothing.
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
        let outcome: RefreshOutcome
        do throws(StorageError) {
            outcome = try await store.rotateRefreshToken(
                session: id, generation: Int64(token.generation), presented: token.digest, successor: successor.digest,
                limits: limits, now: now
            ) { [audit] outcome in
                switch outcome {
                case .rotated(let session, _): audit.record(.refresh, of: session, from: client)
                case .reused(let session): audit.record(.refresh, of: session, from: client, refusedFor: .refreshReused)
                case .repeated, .expired, .ended, .unknown: nil
                }
            }
        } catch {
            throw AuthError(error)
        }
        switch outcome {
        case .rotated(let session, let account):
            audit.log(audit.record(.refresh, of: session, from: client))
            return try issueTokens(for: account, session: session, refreshToken: successor)
        case .repeated(let session, let account):
            return try issueTokens(for: account, session: session, refreshToken: successor)
        case .reused(let session):
            revoke([session.id], now: now)
            audit.warn(audit.record(.refresh, of: session, from: client, refusedFor: .refreshReused))
            throw .refreshReused
        case .expired(let session): throw refusal(.refreshExpired, of: session, from: client)
        case .ended(let session): throw refusal(.sessionRevoked, of: session, from: client)
        case .unknown: throw .refreshInvalid
        }
    }

    private func refusal(_ error: AuthError, of session: Session, from client: Client) -> AuthError {
        audit.refusal(error, of: .refresh, account: session.accountID, session: session.id, from: client)
    }

    func findSession(_ id: SessionID) throws(AuthError) -> Session? {
        do throws(StorageError) {
            return try store.findSession(id)
        } catch {
            throw AuthError(error)
        }
    }
}

extension AuditTrail {
    fileprivate func record(
        _ event: AuditEvent, of session: Session, from client: Client, refusedFor refusal: AuthError? = nil
    ) -> AuditRecord {
        record(event, account: session.accountID, session: session.id, from: client, refusedFor: refusal)
    }
}

extension RefreshToken {
    /// What is stored of it.
    var digest: [UInt8] { tokenDigest(text.utf8.span) }
}
