package import JWT

/// What the operator decides.
package struct AuthenticationSettings: Sendable {
    /// Who may make an account.
    package enum Registration: String, Sendable, CaseIterable {
        case open
        /// Whoever has a code of ``Authenticator/makeInvite(roles:lifetime:by:from:)``.
        case invite
        case closed
    }

    package var registration = Registration.open
    package var passwordPolicy = PasswordPolicy()

    /// 10 to 16; 4 to 16 where ``allowsInsecureBcryptCost``.
    package var bcryptCost = 10

    /// For tests only: cheap hashes are cheap for thieves as well.
    package var allowsInsecureBcryptCost = false

    /// `iss` (RFC 7519 §4.1.1); otherwise the instance's URN.
    package var issuer: String?

    /// `aud` (RFC 7519 §4.1.3); otherwise the issuer.
    package var audience: String?

    /// At least a second.
    package var accessTokenLifetime = Duration.seconds(3_600)

    /// `client_id` (RFC 9068 §2.2).
    package var clientID = "gatelodge"

    /// Signs with HS256, or only verifies where ``tokenAlgorithm`` is another.
    package var signingSecret: SigningSecret?

    /// What signs access tokens; otherwise HS256 where there is a secret, else what the database's newest key is for, else ES256.
    package var tokenAlgorithm: SignatureAlgorithm?

    /// How long a new signing key is published before it signs; at least a second.
    package var keyLead = Duration.seconds(600)

    /// After how long a signing key is followed by another; never where it is `nil`. Longer than ``keyLead``.
    package var keyRotation: Duration?

    /// The file of the master key; otherwise the database's path with `.key`.
    package var masterKeyPath: String?

    /// How long a session lasts without being used; at least a second.
    package var sessionIdle = Duration.seconds(30 * 86_400)

    /// How long a session lasts; at least a second.
    package var sessionAbsolute = Duration.seconds(90 * 86_400)

    /// How long an exchanged refresh token gets the same answer again; zero for not at all.
    package var refreshGrace = Duration.seconds(30)

    /// Where an account has more the oldest ends; at least one.
    package var sessionsPerAccount = 100

    /// How long the rows of the audit are kept; at least a second.
    package var auditRetention = Duration.seconds(90 * 86_400)

    /// How many writes may share one commit; at least one.
    package var writesPerCommit = 256

    /// Whether wrong passwords and registrations are counted.
    package var isThrottling = true

    /// Failures of one account from one address before it waits; at least one.
    package var throttlePerAccountAddress = 10

    /// Failures of one account from any address before strangers wait: 1 to 100 (NIST SP 800-63B-4 §3.2.2).
    package var throttlePerAccount = 100

    /// Failures of one address within an hour; at least one.
    package var throttlePerAddress = 200

    /// Registrations of one address within an hour; at least one.
    package var throttleRegistrations = 100

    /// The first wait, which doubles with each failure; at least a second.
    package var throttleFirstWait = Duration.seconds(30)

    /// The longest wait; not shorter than the first.
    package var throttleLongestWait = Duration.seconds(3_600)

    /// How long failures are remembered; longer than the longest wait.
    package var throttleMemory = Duration.seconds(30 * 86_400)

    package init() {}
}

extension AuthenticationSettings {
    /// - Throws: the first setting that makes no sense, by its name.
    func check() throws(AuthenticatorStartError) {
        func require(_ isRight: Bool, _ name: String, _ reason: String) throws(AuthenticatorStartError) {
            guard isRight else { throw .settingInvalid(name: name, reason: reason) }
        }
        try require(issuer?.isEmpty != true, "jwt.issuer", "is empty")
        try require(audience?.isEmpty != true, "jwt.audience", "is empty")
        try require(!clientID.isEmpty, "jwt.client_id", "is empty")
        try require(accessTokenLifetime >= .seconds(1), "jwt.lifetime", "is below one second")
        try require(
            tokenAlgorithm != .hs256 || signingSecret != nil, "jwt.algorithm", "is HS256, which needs a secret")
        try require(keyLead >= .seconds(1), "keys.lead", "is below one second")
        if let keyRotation {
            try require(keyRotation > keyLead, "keys.rotate_every", "is not longer than keys.lead")
        }
        try require(sessionIdle >= .seconds(1), "session.idle", "is below one second")
        try require(sessionAbsolute >= .seconds(1), "session.absolute", "is below one second")
        try require(refreshGrace >= .zero, "session.refresh_grace", "is negative")
        try require(sessionsPerAccount >= 1, "session.per_account", "is below one")
        try require(auditRetention >= .seconds(1), "audit.retention", "is below one second")
        try require(throttlePerAccountAddress >= 1, "throttle.account_address", "is below one")
        try require((1...100).contains(throttlePerAccount), "throttle.account", "is not from 1 to 100")
        try require(throttlePerAddress >= 1, "throttle.address", "is below one")
        try require(throttleRegistrations >= 1, "throttle.registrations", "is below one")
        try require(throttleFirstWait >= .seconds(1), "throttle.first_wait", "is below one second")
        try require(
            throttleLongestWait >= throttleFirstWait, "throttle.longest_wait", "is shorter than throttle.first_wait")
        try require(throttleMemory > throttleLongestWait, "throttle.memory", "is not longer than throttle.longest_wait")
        try require(writesPerCommit >= 1, "database.batch", "is below one")
    }
}
