internal import JWT

/// What signs and what verifies access tokens for a while. Immutable: another takes its place when keys change or a key's time comes.
final class TokenKeySnapshot: Sendable {
    let issuer: AccessTokenIssuer
    let verifier: AccessTokenVerifier
    let publicKeySet: PublicKeySet

    /// What signs.
    let signingKey: SigningKey

    /// The first second in which another one may have to take this one's place.
    let changesAtUnixSeconds: Int64

    private let acceptedKeyIDs: [String?]

    /// - Parameters:
    ///   - accepted: whose tokens are good.
    ///   - published: which of them are shown.
    ///   - previous: lends its verifier, and with it what that remembers, where the same keys are accepted.
    init(
        signing: SigningKey, accepted: [VerificationKey], published: [VerificationKey], changesAt: Int64,
        previous: TokenKeySnapshot?, names: TokenNames
    ) throws(JWTError) {
        signingKey = signing
        issuer = AccessTokenIssuer(
            key: signing, issuer: names.issuer, audience: names.audience, lifetime: names.lifetime, clock: names.clock)
        acceptedKeyIDs = accepted.map(\.keyID)
        if let previous, previous.acceptedKeyIDs == acceptedKeyIDs {
            verifier = previous.verifier
        } else {
            var verifier = AccessTokenVerifier(
                keys: try KeySet(accepted), issuer: names.issuer, audience: names.audience, clock: names.clock)
            if let previous { verifier.lookups = previous.verifier.lookups }
            self.verifier = verifier
        }
        publicKeySet = PublicKeySet(try KeySet(published))
        changesAtUnixSeconds = changesAt
    }
}
