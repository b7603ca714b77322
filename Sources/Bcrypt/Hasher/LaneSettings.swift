/// How a ``LaneEngine`` works.
package struct LaneSettings: Sendable {
    /// Hashing threads.
    package var threads: Int

    /// Lanes that a thread runs at most, 1 to 7. Six were fastest on Zen 4 (docs/hashing.md).
    package var lanesPerThread = 6

    /// How long lanes run before others may join: long enough that the work in between costs nothing, short enough that nobody
    /// waits for it.
    package var slice = Duration.milliseconds(2)

    /// The clock for time limits.
    package var now: @Sendable () -> ContinuousClock.Instant = { .now }

    package init(threads: Int) {
        self.threads = threads
    }
}
