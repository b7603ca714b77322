/// How long to wait before a process that ended is started again: not at all after one that lived for a while, ever longer
/// after those that did not.
struct Backoff {
    private static let shortest = Duration.milliseconds(100)
    private static let longest = Duration.seconds(10)
    /// A process that does its work for so long was not stillborn.
    private static let livelyAfter = Duration.milliseconds(500)

    private var last = Duration.zero

    /// - Parameter lived: for how long the process did its work.
    mutating func next(after lived: Duration) -> Duration {
        last = lived >= Self.livelyAfter ? .zero : min(Self.longest, max(Self.shortest, last * 2))
        return last
    }
}
