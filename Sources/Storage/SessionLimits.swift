/// How long sessions live and how many an account may have. All in whole seconds.
package struct SessionLimits: Sendable, Equatable {
    /// Since the last use.
    package let idleSeconds: Int64

    /// Since the login.
    package let absoluteSeconds: Int64

    /// How long a refresh token that has been used already gets the same successor again.
    package let graceSeconds: Int64

    /// Sessions of one account that live at once; at least 1.
    package let perAccount: Int

    /// How long a revocation must be remembered: the longest lifetime of an access token, leeway included.
    package let accessTokenSeconds: Int64

    package init(
        idleSeconds: Int64, absoluteSeconds: Int64, graceSeconds: Int64, perAccount: Int, accessTokenSeconds: Int64
    ) {
        precondition(perAccount >= 1, "an account may have at least one session")
        self.idleSeconds = idleSeconds
        self.absoluteSeconds = absoluteSeconds
        self.graceSeconds = graceSeconds
        self.perAccount = perAccount
        self.accessTokenSeconds = accessTokenSeconds
    }
}

extension SessionLimits {
    /// When a revocation that is made now may be forgotten.
    func revocationExpiry(at now: Int64) -> Int64 { saturatingSum(now, accessTokenSeconds) }
}
