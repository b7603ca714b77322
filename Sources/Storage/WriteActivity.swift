package import Counting

/// What the writer is doing and has done.
package struct WriteActivity: Sendable {
    package let counters: WriteCounters

    /// Writes that wait for their turn.
    package let waiting: Int

    /// How many writes each transaction had.
    package let batchSizes: HistogramCounts

    /// Nanoseconds from the write lock to the end of the commit.
    package let commitTimes: HistogramCounts
}
