/// How the process that hashes is started.
package struct HasherPlan: Sendable, Equatable {
    /// How many threads compute.
    package var threads: Int
    /// The nice value of its scheduling group.
    package var nice: Int

    package init(threads: Int, nice: Int) {
        self.threads = threads
        self.nice = nice
    }

    var arguments: [String] { ["hasher", "--supervised", "--threads", "\(threads)", "--nice", "\(nice)"] }
}
