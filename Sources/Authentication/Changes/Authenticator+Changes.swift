internal import JWT
internal import Logging
internal import Storage
internal import Synchronization

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
            following.withState { $0.answered = .now }
        } catch {
            throw .storage(cause: error.description)
        }
    }

    /// Follows no longer, and blocks until the thread has ended.
    package func stopWatching() {
        let watch = following.withState { state in
            defer { (state.watch, state.answered) = (nil, nil) }
            return state.watch
        }
        watch?.stop()
        following.finish()
    }

    /// One look at the database, on the watching thread.
    func follow(hasChanged: Bool) {
        following.withState { if $0.answered != nil { $0.answered = .now } }
        takeOver(hasChanged: hasChanged)
        guard isKeyUpkeepDue() else { return }
        following.keepUp { [weak self] in self?.keepKeysUpToDate() }
    }

    private func takeOver(hasChanged: Bool) {
        let isBehind = following.withState { $0.isBehind }
        do throws(StorageError) {
            if hasChanged || isBehind { try takeOverChanges() }
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

    private func isKeyUpkeepDue() -> Bool {
        signingKeys.plan(keys.mode, now: currentSeconds).isDue(for: keys.ring)
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
        let reading = keys.beginReading()
        take(try store.findSigningKeys(), reading: reading)
    }

    /// How long revocations must be remembered, which another process may have raised.
    func readLongestLifetime() throws(StorageError) {
        longestLifetime.store(try store.findLongestLifetime(), ordering: .relaxed)
    }

    private func takeOverChanges() throws(StorageError) {
        try readLongestLifetime()
        try readRevocations()
        try readKeys()
    }

    /// Makes the next key where the schedule says so, and drops what is over. Blocks.
    private func keepKeysUpToDate() {
        let error: StorageError?
        do throws(StorageError) {
            _ = try signingKeys.bringUpToDate(keys.mode, now: currentSeconds)
            try readKeys()
            error = nil
        } catch let fault {
            error = fault
        }
        let isNews = following.withState { state in
            defer { state.hasFailedToKeepUp = error != nil }
            return !state.hasFailedToKeepUp
        }
        guard let error, isNews else { return }
        logger.error(
            "signing keys cannot be brought up to date, and are tried again",
            metadata: ["cause": "\(error.description)"])
    }

    private func take(_ rows: [StoredSigningKey], reading: Int) {
        guard keys.isNews(rows, reading: reading) else { return }
        let ring = signingKeys.ring(of: rows)
        let readable = Set(ring.keys.map(\.keyID))
        for row in rows where !readable.contains(row.kid) {
            logger.error("a signing key in the database cannot be read", metadata: ["kid": "\(row.kid)"])
        }
        do throws(JWTError) {
            try keys.update(rows, ring: ring, reading: reading)
        } catch {
            logger.error("the signing keys in the database cannot be used", metadata: ["cause": "\(error.code)"])
        }
    }
}
