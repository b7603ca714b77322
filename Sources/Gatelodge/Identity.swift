internal import Authentication

/// Who a request comes from, as a token proved it.
public struct Identity: Sendable, Equatable {
    /// The account's id, which never changes and is never given to another account. Key your own data on it.
    public let accountID: String
    /// The username as it was registered.
    public let username: String
    /// The roles of the account when the token was issued.
    public let roles: [String]

    package init(accountID: String, username: String, roles: [String]) {
        self.accountID = accountID
        self.username = username
        self.roles = roles
    }

    init(_ identity: Authentication.Identity) {
        self.init(accountID: identity.accountID, username: identity.username, roles: identity.roles)
    }
}
