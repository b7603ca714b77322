/// When to ask for another hasher process: at once after one that lived, ever later after those that did not.
struct Retry {
    private static let shortest = Duration.milliseconds(100)
    private static let longest = Duration.seconds(10)

    /// Not before.
    private(set) var next = ContinuousClock.now
    private var delay = Duration.zero
    private var last: ContinuousClock.Instant?

    var isDue: Bool { next <= .now }

    /// A process was asked for.
    mutating func tried() {
        let now = ContinuousClock.now
        let hasLived = last.map { now - $0 > Self.longest } ?? true
        delay = hasLived ? .zero : min(Self.longest, max(Self.shortest, delay * 2))
        last = now
        next = now + delay
    }
}
