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

    /// As we know it; the table may not know it yet.
    private let lastUsedUnixSeconds: Int64

    private let readUnixSeconds: Int64
    private let expiryUnixSeconds: Int64
    private let touchesFromUnixSeconds: Int64

    /// - Parameter previous: the reading before, whose last use may not have been written down.
    convenience init(
        _ session: Session, _ account: Account, previous: CookieSession?, limits: SessionLimits, readAt now: Int64
    ) {
        let lastUsed = max(session.lastUsedUnixSeconds, previous?.lastUsedUnixSeconds ?? .min)
        self.init(
            session, account, lastUsed: lastUsed, written: session.lastUsedUnixSeconds, limits: limits, readAt: now)
    }

    private init(
        _ session: Session, _ account: Account, lastUsed: Int64, written: Int64, limits: SessionLimits,
        readAt now: Int64
    ) {
        self.session = session
        self.account = account
        lastUsedUnixSeconds = lastUsed
        readUnixSeconds = now
        expiryUnixSeconds = session.used(at: lastUsed).expirySeconds(by: limits)
        // A short idle time must not pass unnoticed between two writes.
        touchesFromUnixSeconds = written + min(Self.touchSeconds, limits.idleSeconds / 4)
        identity = Identity(session, account, expiryUnixSeconds: expiryUnixSeconds)
    }

    /// The same after a use that is being written down.
    func touched(at now: Int64, limits: SessionLimits) -> CookieSession {
        CookieSession(session, account, lastUsed: now, written: now, limits: limits, readAt: readUnixSeconds)
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
