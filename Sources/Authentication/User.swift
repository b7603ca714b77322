internal import Storage

/// An account as its owner and the operator may see it.
package struct User: Sendable, Equatable {
    /// What applications key on.
    package let id: String
    /// As registered.
    package let username: String
    /// Where the page after this account begins; see ``Authenticator/findUsers(matching:after:limit:)``.
    package let canonicalUsername: String
    package let roles: [String]
    package let isDisabled: Bool
    /// Nothing but the name is left, which stays taken.
    package let isDeleted: Bool
    package let createdUnixSeconds: Int64

    init(_ account: Account) {
        id = account.id.text
        username = account.username
        canonicalUsername = account.canonicalUsername
        roles = account.roles
        isDisabled = account.state == .disabled
        isDeleted = account.state == .deleted
        createdUnixSeconds = account.createdUnixSeconds
    }
}
