internal import JWT
internal import Logging
internal import Storage

extension Authenticator {
    /// Begins to follow what other processes do to the database, on a thread of its own: within a second this process refuses what
    /// another has revoked, and accepts what another's new key signs. For processes that serve; one that answers a single request
    /// has read everything in `init`.
    ///
    /// - Throws: where the database cannot be opened once more.
    package func startWatching() throws(AuthenticatorStartError) {
        do throws(StorageError) {
            let watch = try store.watch { [weak self] hasChanged in self?.follow(hasChanged: hasChanged) }
            following.withState { $0.watch = watch }
            // What happened between `init` and the first look.
            try takeOverChanges()
        } catch {
            throw .storage(cause: error.description)
        }
    }

    /// Follows no longer, and blocks until the thread has ended.
    package func stopWatching() {
        let watch = following.withState { state in
            defer { state.watch = nil }
            return state.watch
        }
        watch?.stop()
    }

    /// One look at the database, on the watching thread.
    func follow(hasChanged: Bool) {
        let isBehind = following.withState { $0.isBehind }
        do throws(StorageError) {
            if hasChanged || isBehind { try takeOverChanges() }
            try keepKeysUpToDate()
            following.withState { $0.isBehind = false }
        } catch {
            let isFirst = following.withState { state in
                defer { state.isBehind = true }
                return !state.isBehind
            }
            guard isFirst else { return }
            logger.error(
                "what other processes changed cannot be read, and is asked for again",
                metadata: ["cause": "\(error.description)"])
        }
    }

    /// Everything that has been revoked since the last time.
    func readRevocations() throws(StorageError) {
        let now = currentSeconds
        let revocations = try store.findRevocations(after: following.withState { $0.sequence }, now: now)
        for (session, expiry) in revocations.sessions {
            revoked.insert(session: session.text, expiryUnixSeconds: expiry, now: now)
        }
        for (account, epoch, expiry) in revocations.epochs {
            revoked.insert(account: account.text, epoch: epoch, expiryUnixSeconds: expiry, now: now)
        }
        following.withState { $0.sequence = max($0.sequence, revocations.sequence) }
    }

    /// The stored keys as they are now.
    func readKeys() throws(StorageError) {
        take(try store.findSigningKeys())
    }

    private func takeOverChanges() throws(StorageError) {
        try readRevocations()
        try readKeys()
    }

    /// Makes the next key where the schedule says so, and drops what is over.
    private func keepKeysUpToDate() throws(StorageError) {
        let now = currentSeconds
        guard signingKeys.plan(keys.mode, now: now).isDue(for: keys.ring) else { return }
        take(try signingKeys.bringUpToDate(keys.mode, now: now))
    }

    private func take(_ rows: [StoredSigningKey]) {
        guard keys.isOutdated(by: rows) else { return }
        let ring = signingKeys.ring(of: rows)
        let readable = Set(ring.keys.map(\.keyID))
        for row in rows where !readable.contains(row.kid) {
            logger.error("a signing key in the database cannot be read", metadata: ["kid": "\(row.kid)"])
        }
        do throws(JWTError) {
            try keys.update(rows, ring: ring)
        } catch {
            logger.error("the signing keys in the database cannot be used", metadata: ["cause": "\(error.code)"])
        }
    }
}
