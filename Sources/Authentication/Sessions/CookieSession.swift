internal import Storage

/// What was read of a cookie session, and when. Immutable: a newer reading takes its place.
final class CookieSession: Sendable {
    /// The database is asked again after this long.
    static let rereadSeconds: Int64 = 60

    /// The last use is written down at most this often.
    static let touchSeconds: Int64 = 300

    let session: Session
    let account: Account
    let identity: Identity

    private let readUnixSeconds: Int64
    private let expiryUnixSeconds: Int64
    private let touchesFromUnixSeconds: Int64

    convenience init(_ session: Session, _ account: Account, limits: SessionLimits, readAt now: Int64) {
        self.init(session, account, lastUsed: session.lastUsedUnixSeconds, limits: limits, readAt: now)
    }

    private init(_ session: Session, _ account: Account, lastUsed: Int64, limits: SessionLimits, readAt now: Int64) {
        self.session = session
        self.account = account
        readUnixSeconds = now
        expiryUnixSeconds = session.used(at: lastUsed).expirySeconds(by: limits)
        // A short idle time must not pass unnoticed between two writes.
        touchesFromUnixSeconds = lastUsed + min(Self.touchSeconds, limits.idleSeconds / 4)
        identity = Identity(session, account, expiryUnixSeconds: expiryUnixSeconds)
    }

    /// The same after a use that has been written down, or will be.
    func touched(at now: Int64, limits: SessionLimits) -> CookieSession {
        CookieSession(session, account, lastUsed: now, limits: limits, readAt: readUnixSeconds)
    }

    /// Whether it may be used without asking again: it is neither old nor read by a clock that ran ahead.
    func isFresh(at now: Int64) -> Bool {
        now >= readUnixSeconds && now - readUnixSeconds < Self.rereadSeconds
    }

    func isExpired(at now: Int64) -> Bool { expiryUnixSeconds <= now }

    func isTouchDue(at now: Int64) -> Bool { now > touchesFromUnixSeconds }
}

extension Session {
    fileprivate func used(at now: Int64) -> Session {
        Session(
            id: id, accountID: accountID, kind: kind, tokenHash: tokenHash, createdUnixSeconds: createdUnixSeconds,
            lastUsedUnixSeconds: max(now, lastUsedUnixSeconds), authenticatedUnixSeconds: authenticatedUnixSeconds,
            address: address, userAgent: userAgent)
    }
}
