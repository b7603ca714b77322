internal import Authentication
internal import Cryptography

extension AuthenticationSettings {
    /// What the operator set, as the rules take it.
    init(_ settings: Settings) throws(AuthenticatorStartError) {
        self.init()
        registration =
            switch settings.registration {
            case .open: .open
            case .closed: .closed
            }
        passwordPolicy = PasswordPolicy(minimumCodePoints: settings.password.minimumLength)
        bcryptCost = settings.password.cost
        allowsInsecureBcryptCost = settings.password.insecureCost
        issuer = settings.jwt.issuer
        audience = settings.jwt.audience
        accessTokenLifetime = settings.jwt.lifetime
        signingSecret = try settings.jwt.secret.map { secret throws(AuthenticatorStartError) in
            try secret.withSpan { bytes throws(AuthenticatorStartError) in try SigningSecret(copying: bytes) }
        }
    }
}
