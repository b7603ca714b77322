/// One person's entry, as the table `accounts` holds it.
package struct Account: Sendable, Equatable {
    /// Whether the account may be used.
    package enum State: String, Sendable {
        case active
        /// Kept, its name still taken; every login answers as for a wrong password.
        case disabled
        /// Nothing but its name is left, which stays taken.
        case deleted
    }

    package let id: AccountID

    /// The form as registered, for showing.
    package let username: String

    /// The form that decides identity; unique.
    package let canonicalUsername: String

    /// In the stored form of `Bcrypt`; empty once the account is deleted. Never printed.
    package let passwordHash: String

    package let roles: [String]
    package let state: State
    package let createdUnixSeconds: Int64
    package let updatedUnixSeconds: Int64

    /// Access tokens that were issued with a lower one are refused.
    package let epoch: Int64

    /// How often the password has been changed; another hash of the same password does not count.
    package let passwordVersion: Int64

    package init(
        id: AccountID, username: String, canonicalUsername: String, passwordHash: String, roles: [String] = [],
        state: State = .active, createdUnixSeconds: Int64, updatedUnixSeconds: Int64, epoch: Int64 = 0,
        passwordVersion: Int64 = 0
    ) {
        self.id = id
        self.username = username
        self.canonicalUsername = canonicalUsername
        self.passwordHash = passwordHash
        self.roles = roles
        self.state = state
        self.createdUnixSeconds = createdUnixSeconds
        self.updatedUnixSeconds = updatedUnixSeconds
        self.epoch = epoch
        self.passwordVersion = passwordVersion
    }
}

extension Account: CustomStringConvertible, CustomReflectable {
    /// The id alone: names are chosen by strangers and the hash is nobody's business.
    package var description: String { "account \(id)" }

    /// Keeps `dump` from the hash as well.
    package var customMirror: Mirror { Mirror(self, children: ["id": id.text, "state": state.rawValue]) }
}
