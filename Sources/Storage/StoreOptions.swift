/// What an operator may set about the store.
package struct StoreOptions: Sendable, Equatable {
    /// How long a row of the audit is kept.
    package var auditSeconds: Int64

    /// How many writes may share one commit, at least 1; 1 makes each write a transaction of its own.
    package var batchLimit: Int

    /// How many rows the table of failures may have. Beyond them those go that would expire first.
    package var throttleRows: Int

    /// What holds the file; asked of the system when absent.
    package var fileSystem: FileSystem?

    package init(
        auditSeconds: Int64 = 90 * 86_400, batchLimit: Int = 256, throttleRows: Int = 500_000,
        fileSystem: FileSystem? = nil
    ) {
        precondition(batchLimit >= 1, "a commit has at least one write")
        self.auditSeconds = auditSeconds
        self.batchLimit = batchLimit
        self.throttleRows = throttleRows
        self.fileSystem = fileSystem
    }
}
