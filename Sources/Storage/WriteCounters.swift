/// What the writer has done since the store was opened.
package struct WriteCounters: Sendable, Equatable {
    /// Transactions that ended with a commit.
    package var commits = 0

    /// Transactions that ended without one.
    package var failedCommits = 0

    /// Writes that came to their turn, whatever became of them.
    package var writes = 0

    /// Writes for which nobody waits and for which there was no room.
    package var dropped = 0
}
