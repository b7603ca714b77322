/// Which of an account's sessions a logout ends.
package enum LogoutScope: String, Sendable, CaseIterable {
    /// The one that asks.
    case this
    /// All but the one that asks.
    case others
    case all
}
