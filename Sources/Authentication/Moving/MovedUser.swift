package import Storage

/// An account on its way in or out, with the hash of its password.
package struct MovedUser: Sendable, CustomStringConvertible, CustomReflectable {
    package let username: Username
    package let hash: StoredHash
    package let roles: Roles
    package let isDisabled: Bool

    /// When it was registered; at its import where nothing is known.
    package let createdUnixSeconds: Int64?

    /// Made anew where there is none.
    package let id: AccountID?

    package init(
        username: Username, hash: StoredHash, roles: Roles = .none, isDisabled: Bool = false,
        createdUnixSeconds: Int64? = nil, id: AccountID? = nil
    ) {
        self.username = username
        self.hash = hash
        self.roles = roles
        self.isDisabled = isDisabled
        self.createdUnixSeconds = createdUnixSeconds
        self.id = id
    }

    /// Neither the name nor the hash.
    package var description: String { "a moved account" }

    /// Keeps `dump` from both as well.
    package var customMirror: Mirror { Mirror(self, children: ["algorithm": hash.algorithm]) }
}
