internal import JWT

/// What all access tokens of this instance have in common, whichever key signs them.
struct TokenNames: Sendable {
    let issuer: String
    let audience: String
    let lifetime: Duration
    let clock: @Sendable () -> UnixTime
}
