package import Bcrypt
package import JWT
package import Logging
package import Storage

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
    let issuer: AccessTokenIssuer
    private let verifier: AccessTokenVerifier

    /// The keys that verify our tokens as a JWK Set (RFC 7517 §5); empty where they are verified with a secret.
    package let publicKeySet: [UInt8]

    /// The `iss` of our tokens.
    package let issuerName: String

    /// The `alg` of our tokens.
    package let tokenAlgorithm: String

    /// Opens the database and makes what the first start needs; blocks.
    package convenience init(
        databasePath: String, settings: AuthenticationSettings, hashing: HashingMode = .threads, hashingThreads: Int,
        hashingTimeLimit: Duration, logger: Logger
    ) throws(AuthenticatorStartError) {
        let store: Store
        do throws(StorageError) {
            store = try Store(path: databasePath, logger: logger)
        } catch {
            throw .storage(cause: error.description)
        }
        let hasher = hashing.hasher(threads: hashingThreads, timeLimit: hashingTimeLimit)
        try self.init(store: store, hasher: hasher, settings: settings, logger: logger)
    }

    package init(
        store: Store, hasher: BcryptHasher, settings: AuthenticationSettings, logger: Logger,
        clock: @escaping @Sendable () -> UnixTime = { .now }
    ) throws(AuthenticatorStartError) {
        try settings.check()
        let instanceID: String
        do throws(StorageError) {
            instanceID = try store.findInstanceID()
        } catch {
            throw .storage(cause: error.description)
        }
        let keys =
            if let secret = settings.signingSecret {
                try TokenKeys(secret: secret)
            } else {
                try TokenKeys(storedIn: store, now: clock())
            }
        let issuerName = settings.issuer ?? instanceID
        let audience = settings.audience ?? issuerName
        self.store = store
        self.settings = settings
        self.clock = clock
        self.issuerName = issuerName
        passwords = try PasswordHashing(hasher: hasher, settings: settings)
        upgrades = PasswordUpgrades(store: store, passwords: passwords, logger: logger)
        issuer = AccessTokenIssuer(
            key: keys.signing, issuer: issuerName, audience: audience, lifetime: settings.accessTokenLifetime,
            clock: clock)
        verifier = AccessTokenVerifier(keys: keys.accepted, issuer: issuerName, audience: audience, clock: clock)
        publicKeySet = keys.accepted.publicJWKSet()
        tokenAlgorithm = keys.signing.algorithm.rawValue
    }

    /// Who a token speaks for. Asks neither the database nor anyone else: the hot path.
    ///
    /// A token outlives its account's disabling until it expires; the set of revoked sessions will end it.
    ///
    /// - Throws: ``AuthError/missingToken``, ``AuthError/invalidToken(code:)``.
    package func authenticate(_ token: borrowing Span<UInt8>) throws(AuthError) -> Identity {
        guard token.count > 0 else { throw .missingToken }
        do throws(JWTError) {
            return Identity(try verifier.verify(token))
        } catch {
            throw AuthError(verifying: error)
        }
    }
}

extension AuthenticationSettings {
    fileprivate func check() throws(AuthenticatorStartError) {
        if issuer?.isEmpty == true { throw .settingInvalid(name: "jwt.issuer", reason: "is empty") }
        if audience?.isEmpty == true { throw .settingInvalid(name: "jwt.audience", reason: "is empty") }
        if clientID.isEmpty { throw .settingInvalid(name: "jwt.client_id", reason: "is empty") }
        if accessTokenLifetime < .seconds(1) {
            throw .settingInvalid(name: "jwt.lifetime", reason: "is below one second")
        }
    }
}
