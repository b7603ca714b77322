/// A code that may be used once, as the table `invites` holds it.
package struct Invite: Sendable, Equatable {
    /// What the code is good for.
    package enum Kind: String, Sendable {
        /// A new account, with the invite's roles.
        case registration
        /// A new password for the invite's account.
        case reset
    }

    /// SHA-256 of the code. Never printed.
    package let codeHash: [UInt8]

    package let kind: Kind

    /// Whose password may be set anew; `nil` for a registration.
    package let accountID: AccountID?

    package let roles: [String]
    package let createdUnixSeconds: Int64

    /// The first second in which the code is not valid any more.
    package let expiresUnixSeconds: Int64

    /// A code with which somebody may register.
    package init(
        registration codeHash: [UInt8], roles: [String] = [], createdUnixSeconds: Int64, expiresUnixSeconds: Int64
    ) {
        self.init(
            codeHash: codeHash, kind: .registration, accountID: nil, roles: roles,
            createdUnixSeconds: createdUnixSeconds, expiresUnixSeconds: expiresUnixSeconds)
    }

    /// A code with which the user of an account may set a new password.
    package init(
        reset codeHash: [UInt8], accountID: AccountID, createdUnixSeconds: Int64, expiresUnixSeconds: Int64
    ) {
        self.init(
            codeHash: codeHash, kind: .reset, accountID: accountID, roles: [],
            createdUnixSeconds: createdUnixSeconds, expiresUnixSeconds: expiresUnixSeconds)
    }

    init(
        codeHash: [UInt8], kind: Kind, accountID: AccountID?, roles: [String], createdUnixSeconds: Int64,
        expiresUnixSeconds: Int64
    ) {
        self.codeHash = codeHash
        self.kind = kind
        self.accountID = accountID
        self.roles = roles
        self.createdUnixSeconds = createdUnixSeconds
        self.expiresUnixSeconds = expiresUnixSeconds
    }
}

extension Invite: CustomStringConvertible, CustomReflectable {
    package var description: String { "invite (\(kind.rawValue))" }

    package var customMirror: Mirror { Mirror(self, children: ["kind": kind.rawValue]) }
}
