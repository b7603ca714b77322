internal import Cryptography
internal import JWT
internal import Storage

/// The signing keys of the table: opened when they are read, sealed when they are written.
struct SigningKeyStore: Sendable {
    let store: Store
    let sealing: KeySealing
    let settings: AuthenticationSettings
    let masterKeyPath: String

    var lifetimeSeconds: Int64 { settings.accessTokenLifetime.components.seconds }
    var leadSeconds: Int64 { settings.keyLead.components.seconds }

    /// What signs where nothing else is said: what the last key is for, so that an imported key decides.
    func algorithm(following ring: KeyRing) -> SignatureAlgorithm {
        settings.tokenAlgorithm ?? ring.newest?.key.algorithm ?? .es256
    }

    /// When a key is to be followed by another; `nil` where no schedule is set.
    func rotationDue(after key: RingKey) -> Int64? {
        guard let interval = settings.keyRotation else { return nil }
        return max(key.signsFromUnixSeconds, key.createdUnixSeconds) + interval.components.seconds
    }

    /// The private part of a row, opened.
    func open(_ row: StoredSigningKey) throws(SigningKeyFault) -> RingKey {
        guard let algorithm = SignatureAlgorithm(rawValue: row.algorithm) else { throw .unusable(kid: row.kid) }
        var privateKey = row.privateKey
        defer { wipe(&privateKey) }
        if row.isSealed {
            guard let opened = sealing.open(row.privateKey, keyID: row.kid, algorithm: algorithm) else {
                throw .sealedOtherwise(kid: row.kid)
            }
            privateKey = opened
        }
        let key: SigningKey
        do throws(JWTError) {
            key = try SigningKey(pkcs8: privateKey.span, algorithm: algorithm)
        } catch {
            throw .unusable(kid: row.kid)
        }
        guard key.keyID == row.kid else { throw .unusable(kid: row.kid) }
        return RingKey(
            key: key, createdUnixSeconds: row.createdUnixSeconds, signsFromUnixSeconds: row.signsFromUnixSeconds,
            retiredUnixSeconds: row.retiredUnixSeconds ?? (row.state == .retired ? row.createdUnixSeconds : nil),
            longestLifetimeSeconds: row.longestLifetimeSeconds)
    }

    /// The keys that can be opened; what cannot was there at no start, and verifies and signs nothing.
    func ring(of rows: [StoredSigningKey]) -> KeyRing {
        KeyRing(rows.compactMap { try? open($0) })
    }

    /// What is due.
    func plan(_ mode: TokenKeys.Mode, now: Int64) -> SigningKeyPlan {
        SigningKeyPlan(keys: self, now: now, signsWithStoredKeys: mode.signsWithStoredKeys)
    }

    /// Seals, makes and drops what is due. Blocks.
    ///
    /// - Returns: all rows as they are then.
    func bringUpToDate(_ mode: TokenKeys.Mode, now: Int64) throws(StorageError) -> [StoredSigningKey] {
        // Made once and before the transaction: RSA takes its time.
        var made: SigningKey?
        func generate(_ algorithm: SignatureAlgorithm) -> SigningKey {
            if let made, made.algorithm == algorithm { return made }
            let key = SigningKey.generate(algorithm)
            made = key
            return key
        }
        let plan = plan(mode, now: now)
        return try store.updateSigningKeys(
            audit: { key in
                AuditRecord(
                    unixSeconds: now, event: AuditEvent.keyRotate.rawValue, result: "ok", actor: "schedule",
                    detail: "\(key.kid) \(key.algorithm)")
            },
            plan: { rows in plan.changes(to: rows, generate: generate) })
    }

    /// A row for a key pair, its private part sealed.
    func row(
        of key: SigningKey, signsFrom: Int64, now: Int64
    ) -> StoredSigningKey? {
        guard var privateKey = key.pkcs8() else { return nil }
        defer { wipe(&privateKey) }
        return StoredSigningKey(
            kid: key.keyID, algorithm: key.algorithm.rawValue,
            privateKey: sealing.seal(privateKey, keyID: key.keyID, algorithm: key.algorithm),
            isSealed: true, createdUnixSeconds: now, signsFromUnixSeconds: signsFrom,
            longestLifetimeSeconds: lifetimeSeconds)
    }
}
