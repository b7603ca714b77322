internal import Authentication
internal import Cryptography

extension AuthenticationSettings {
    /// What the operator set, as the rules take it.
    init(_ settings: Settings) throws(AuthenticatorStartError) {
        self.init()
        registration =
            switch settings.registration {
            case .open: .open
            case .invite: .invite
            case .closed: .closed
            }
        passwordPolicy = PasswordPolicy(
            minimumCodePoints: settings.password.minimumLength,
            dictionaries: settings.password.dictionaries ? Dictionaries() : nil,
            list: try settings.password.list.map { path throws(AuthenticatorStartError) in try Self.openList(path) })
        bcryptCost = settings.password.cost
        allowsInsecureBcryptCost = settings.password.insecureCost
        issuer = settings.jwt.issuer
        audience = settings.jwt.audience
        accessTokenLifetime = settings.jwt.lifetime
        tokenAlgorithm = settings.jwt.algorithm
        masterKeyPath = settings.keys.masterFile
        keyLead = settings.keys.lead
        keyRotation = settings.keys.rotateEvery
        sessionIdle = settings.session.idle
        sessionAbsolute = settings.session.absolute
        refreshGrace = settings.session.refreshGrace
        sessionsPerAccount = settings.session.perAccount
        isThrottling = settings.throttle.enabled
        throttlePerAccountAddress = settings.throttle.accountAddress
        throttlePerAccount = settings.throttle.account
        throttlePerAddress = settings.throttle.address
        throttleRegistrations = settings.throttle.registrations
        throttleFirstWait = settings.throttle.firstWait
        throttleLongestWait = settings.throttle.longestWait
        throttleMemory = settings.throttle.memory
        auditRetention = settings.audit.retention
        writesPerCommit = settings.database.batch
        signingSecret = try settings.jwt.secret.map { secret throws(AuthenticatorStartError) in
            try secret.withSpan { bytes throws(AuthenticatorStartError) in try SigningSecret(copying: bytes) }
        }
    }

    private static func openList(_ path: String) throws(AuthenticatorStartError) -> PasswordList {
        do throws(PasswordListFault) {
            return try PasswordList(path: path)
        } catch {
            throw .settingInvalid(name: "password.list", reason: "names \(path), which \(error)")
        }
    }
}
