/// What a successful login or refresh gives.
package struct LoggedIn: Sendable, CustomStringConvertible, CustomReflectable {
    /// Whom the session speaks for.
    package let identity: Identity

    /// The access token; `nil` for a cookie session.
    package let accessToken: String?

    /// How long the access token is good for, from now; for a cookie session as ``refreshLifetime``.
    package let lifetime: Duration

    /// What the next access token is bought with, once; `nil` for a cookie session.
    package let refreshToken: String?

    /// How long the session lasts from now where nobody uses it.
    package let refreshLifetime: Duration

    /// The value of the cookie; `nil` for a session of tokens.
    package let cookie: String?

    /// Never a token, which opens doors.
    package var description: String { "login of account \(identity.accountID)" }

    /// Keeps `dump` from the tokens as well.
    package var customMirror: Mirror { Mirror(self, children: ["identity": identity]) }
}
