/// Whose password somebody tries, and from where.
package struct AttemptKeys: Sendable {
    let account: ThrottleKey
    /// Of the account together with the address; `nil` where the address is not known.
    let accountAddress: ThrottleKey?
    let address: ThrottleKey?

    package init(account: ThrottleKey, accountAddress: ThrottleKey?, address: ThrottleKey?) {
        self.account = account
        self.accountAddress = accountAddress
        self.address = address
    }

    var all: [ThrottleKey] { [account, accountAddress, address].compactMap(\.self) }
}
