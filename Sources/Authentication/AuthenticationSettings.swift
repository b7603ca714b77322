/// What the operator decides.
package struct AuthenticationSettings: Sendable {
    /// Who may make an account.
    package enum Registration: String, Sendable, CaseIterable {
        case open
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

    /// Selects HS256; otherwise an ES256 key pair is made once and kept in the database.
    package var signingSecret: SigningSecret?

    package init() {}
}
