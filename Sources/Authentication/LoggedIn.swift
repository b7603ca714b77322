/// What a successful login gives.
package struct LoggedIn: Sendable, CustomStringConvertible, CustomReflectable {
    /// The access token.
    package let token: String

    /// What the token says.
    package let identity: Identity

    /// How long the token is good for, from now.
    package let lifetime: Duration

    /// Never the token, which opens doors.
    package var description: String { "login of account \(identity.accountID)" }

    /// Keeps `dump` from the token as well.
    package var customMirror: Mirror { Mirror(self, children: ["identity": identity]) }
}
