internal import JWT
internal import Storage

/// What should be done to the stored signing keys at a time: a function of the keys, the settings and the clock, so that any process may do
/// it and all would do the same.
struct SigningKeyPlan {
    /// A key that is missing.
    private struct Next {
        let algorithm: SignatureAlgorithm
        let signsFromUnixSeconds: Int64
    }

    let keys: SigningKeyStore
    let now: Int64

    /// Whether stored keys sign at all, as opposed to a secret from outside.
    let signsWithStoredKeys: Bool

    /// Whether anything is to be done to keys that are sealed.
    func isDue(for ring: KeyRing) -> Bool {
        next(ring) != nil || ring.keys.contains { isOver($0, ring) || isLongerLived($0, ring) }
    }

    /// - Parameter generate: makes key pairs; outside of a transaction where that takes long.
    func changes(
        to rows: [StoredSigningKey], generate: (SignatureAlgorithm) -> SigningKey
    ) -> SigningKeyChanges {
        let ring = keys.ring(of: rows)
        var changes = SigningKeyChanges()
        for row in rows where !row.isSealed {
            guard let algorithm = SignatureAlgorithm(rawValue: row.algorithm) else { continue }
            let sealed = keys.sealing.seal(row.privateKey, keyID: row.kid, algorithm: algorithm)
            changes.seals.append((row.kid, sealed))
        }
        for key in ring.keys {
            if isOver(key, ring) {
                changes.deletions.append(key.keyID)
            } else if isLongerLived(key, ring) {
                changes.lifetimes.append((key.keyID, keys.lifetimeSeconds))
            }
        }
        if let next = next(ring),
            let row = keys.row(of: generate(next.algorithm), signsFrom: next.signsFromUnixSeconds, now: now)
        {
            changes.insertions.append(row)
        }
        return changes
    }

    private func next(_ ring: KeyRing) -> Next? {
        guard signsWithStoredKeys else { return nil }
        let algorithm = keys.algorithm(following: ring)
        guard ring.signer(at: now) != nil, let newest = ring.newest else {
            return Next(algorithm: algorithm, signsFromUnixSeconds: now)
        }
        let soonest = now + keys.leadSeconds
        if newest.key.algorithm != algorithm { return Next(algorithm: algorithm, signsFromUnixSeconds: soonest) }
        guard let due = keys.rotationDue(after: newest), due - keys.leadSeconds <= now else { return nil }
        return Next(algorithm: algorithm, signsFromUnixSeconds: max(soonest, due))
    }

    /// Whether no token of a key can be left.
    private func isOver(_ key: RingKey, _ ring: KeyRing) -> Bool {
        ring.verifiesUntil(key).map { $0 <= now } ?? false
    }

    /// Whether a key signs tokens that last longer than it is known for.
    private func isLongerLived(_ key: RingKey, _ ring: KeyRing) -> Bool {
        ring.maySign(key, after: now) && key.longestLifetimeSeconds < keys.lifetimeSeconds
    }
}
