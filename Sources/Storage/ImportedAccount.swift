/// An account that comes from elsewhere.
package struct ImportedAccount: Sendable {
    /// As it is to be; where it has an id of its own, that one.
    package let account: Account

    /// Spellings of its hash: an account that has one of them has been imported before.
    package let sameHashes: [String]

    /// What is written where something is changed; of the account that has been changed.
    package let audit: @Sendable (AccountID) -> AuditRecord?

    package init(
        _ account: Account, sameHashes: [String], audit: @escaping @Sendable (AccountID) -> AuditRecord? = { _ in nil }
    ) {
        self.account = account
        self.sameHashes = sameHashes
        self.audit = audit
    }
}

/// What an import did with one account, or would do.
package enum ImportOutcome: Sendable, Hashable, CaseIterable {
    case inserted
    /// The account was there with this hash; nothing was changed, whatever else of it differs.
    case unchanged
    /// The account was there with another hash, and has this one, these roles and this state now; its sessions have ended.
    case replaced
    /// The account is there with another hash, and was left as it is.
    case different
    /// The name is that of a deleted account, which stays taken.
    case deleted
    /// Another account has the id.
    case idTaken
}
