/// How often a password may be guessed, and how long what was counted is remembered. All times in whole seconds.
package struct ThrottleLimits: Sendable, Equatable {
    /// Failures of one account from one address before it has to wait.
    package let perAccountAddress: Int64

    /// Failures of one account, whatever the address, before strangers have to wait.
    package let perAccount: Int64

    /// Failures of one address within an hour, whatever the account.
    package let perAddress: Int64

    /// Registrations of one address within an hour.
    package let registrations: Int64

    /// The first wait of an account and address; each later one is twice as long.
    package let firstWaitSeconds: Int64

    /// The longest wait.
    package let longestWaitSeconds: Int64

    /// How long failures are remembered after the last one.
    package let memorySeconds: Int64

    package init(
        perAccountAddress: Int, perAccount: Int, perAddress: Int, registrations: Int, firstWaitSeconds: Int64,
        longestWaitSeconds: Int64, memorySeconds: Int64
    ) {
        self.perAccountAddress = Int64(perAccountAddress)
        self.perAccount = Int64(perAccount)
        self.perAddress = Int64(perAddress)
        self.registrations = Int64(registrations)
        self.firstWaitSeconds = firstWaitSeconds
        self.longestWaitSeconds = longestWaitSeconds
        self.memorySeconds = memorySeconds
    }
}
