package import Bcrypt
package import ForeignHashes
package import JWT
package import Logging
package import Storage
internal import Synchronization

/// The rules: who may register, who is let in, whose token is good.
///
/// Functions that wait for a password hash or for a commit suspend and resume on the caller's executor; nothing here blocks but
/// `init` and short reads of the database.
package final class Authenticator: Sendable {
    let store: Store
    let settings: AuthenticationSettings
    let passwords: PasswordHashing
    let upgrades: PasswordUpgrades
    let clock: @Sendable () -> UnixTime
    let logger: Logger
    let audit: AuditTrail
    let signingKeys: SigningKeyStore
    let keys: TokenKeys
    let refreshTokens: RefreshTokens
    let revoked = RevokedAccess()
    let cookies = CookieSessions()
    let following = Following()
    /// In seconds; of any access token that any process may have issued.
    let longestLifetime = Atomic<Int64>(0)

    /// The `iss` of our tokens.
    package let issuerName: String

    /// Opens the database and makes what the first start needs; blocks.
    package convenience init(
        databasePath: String, settings: AuthenticationSettings, hashing: HashingMode = .threads, hashingThreads: Int,
        hashingTimeLimit: Duration, logger: Logger
    ) throws(AuthenticatorStartError) {
        let store: Store
        do throws(StorageError) {
            let options = StoreOptions(
                auditSeconds: max(1, settings.auditRetention.components.seconds),
                batchLimit: max(1, settings.writesPerCommit))
            store = try Store(path: databasePath, options: options, logger: logger)
        } catch {
            throw .storage(cause: error.description)
        }
        let hasher = hashing.hasher(threads: hashingThreads, timeLimit: hashingTimeLimit)
        let foreign = hashing.foreignVerifier(timeLimit: hashingTimeLimit)
        try self.init(store: store, hasher: hasher, foreign: foreign, settings: settings, logger: logger)
    }

    package init(
        store: Store, hasher: BcryptHasher, foreign: ForeignVerifier = ForeignVerifier(),
        settings: AuthenticationSettings, logger: Logger,
        clock: @escaping @Sendable () -> UnixTime = { .now }
    ) throws(AuthenticatorStartError) {
        try settings.check()
        let instanceID: String
        do throws(StorageError) {
            instanceID = try store.findInstanceID()
        } catch {
            throw .storage(cause: error.description)
        }
        let issuerName = settings.issuer ?? instanceID
        let names = TokenNames(
            issuer: issuerName, audience: settings.audience ?? issuerName, lifetime: settings.accessTokenLifetime,
            clock: clock)
        self.store = store
        self.settings = settings
        self.clock = clock
        self.logger = logger
        self.issuerName = issuerName
        audit = AuditTrail(store: store, logger: logger, clock: clock)
        passwords = try PasswordHashing(hasher: hasher, foreign: foreign, settings: settings)
        upgrades = PasswordUpgrades(store: store, passwords: passwords, logger: logger)
        let masterKeyPath = settings.masterKeyPath ?? store.path + ".key"
        let masterKey = try MasterKey(of: store, path: masterKeyPath)
        refreshTokens = RefreshTokens(masterKey)
        signingKeys = SigningKeyStore(
            store: store, sealing: KeySealing(masterKey), settings: settings, masterKeyPath: masterKeyPath)
        keys = try TokenKeys(starting: signingKeys, names: names)
        try loadRevocations()
    }

    /// The keys that verify our tokens as a JWK Set; empty where they are verified with a secret.
    package var publicKeySet: PublicKeySet { keys.current.publicKeySet }

    /// The `alg` of the tokens that are issued now.
    package var tokenAlgorithm: String { keys.current.signingKey.algorithm.rawValue }

    /// Ends what goes on beside requests, finishes the writes for which nobody waits, and closes the database. Blocks. What is asked
    /// for later is refused as unavailable.
    package func close() {
        stopWatching()
        stopUpgrades()
        do throws(StorageError) {
            try store.close()
        } catch {
            logger.error("the database cannot be closed", metadata: ["cause": "\(error.description)"])
        }
    }

    /// How long sessions last, and how long what was revoked must be remembered.
    var limits: SessionLimits {
        SessionLimits(
            idleSeconds: settings.sessionIdle.components.seconds,
            absoluteSeconds: settings.sessionAbsolute.components.seconds,
            graceSeconds: settings.refreshGrace.components.seconds, perAccount: settings.sessionsPerAccount,
            accessTokenSeconds: longestLifetime.load(ordering: .relaxed) + KeyRing.overlapSeconds
                + Self.clockJumpSeconds)
    }

    /// What was revoked is remembered for so much longer: a clock that goes ahead, and is put right, makes tokens good again that
    /// seemed to have expired.
    private static let clockJumpSeconds: Int64 = 3_600

    /// How many rows a page may have. The number comes from a client.
    func pageSize(_ asked: Int) -> Int { min(max(asked, 1), 1_000) }

    /// What time it is.
    var currentSeconds: Int64 { clock().seconds }

    private func loadRevocations() throws(AuthenticatorStartError) {
        do throws(StorageError) {
            try store.raiseLongestLifetime(to: keys.longestLifetimeSeconds)
            try readLongestLifetime()
            try readRevocations()
        } catch {
            throw .storage(cause: error.description)
        }
    }
}
