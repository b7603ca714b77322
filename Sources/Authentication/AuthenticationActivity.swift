package import Bcrypt
package import Counting
internal import JWT
package import Storage

/// What the rules are doing and have done, for whoever looks on. Reading it waits for nothing.
package struct AuthenticationActivity: Sendable {
    package let hashing: HashingActivity
    package let writes: WriteActivity
    /// Access tokens that were remembered, and sessions of cookies.
    package let tokens: CacheLookups
    package let cookies: CacheLookups
    /// Whether the database has answered the watch of late.
    package let isDatabaseAnswering: Bool
}

extension Authenticator {
    /// How it is.
    package var activity: AuthenticationActivity {
        AuthenticationActivity(
            hashing: passwords.activity, writes: store.writeActivity, tokens: keys.current.verifier.lookups,
            cookies: cookies.lookups, isDatabaseAnswering: following.isAnswered)
    }
}
