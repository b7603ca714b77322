/// Who did something to somebody's account or to the keys, for the audit.
package enum Principal: Sendable, Hashable {
    /// At a shell of the machine.
    case `operator`
    /// An administrator, by the id of the account.
    case account(id: String)

    /// As the audit names it.
    package var name: String {
        switch self {
        case .operator: "operator"
        case .account(let id): id
        }
    }
}
