internal import Synchronization

/// How often values up to certain bounds were seen. Any thread may record, and nothing is lost.
package final class Histogram: Sendable {
    package static let maximumBounds = 15

    private let bounds: [Int]
    /// One for each bound, and one for what is beyond the last.
    private let buckets: [16 of Atomic<Int>] = .init { _ in Atomic(0) }
    private let sum = Atomic<Int>(0)

    /// - Precondition: the bounds grow and are at most ``maximumBounds``.
    package init(bounds: [Int]) {
        precondition(bounds.count <= Self.maximumBounds && zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
        self.bounds = bounds
    }

    /// One of durations in nanoseconds, from half a millisecond to half a minute.
    package static func ofDurations() -> Histogram { Histogram(bounds: durationBounds) }

    private static let durationBounds = [
        500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000,
        500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000, 30_000_000_000,
    ]

    package func record(_ value: Int) {
        var index = 0
        while index < bounds.count, bounds[index] < value { index += 1 }
        buckets[index].wrappingAdd(1, ordering: .relaxed)
        sum.wrappingAdd(value, ordering: .relaxed)
    }

    /// The counts now. Those who record meanwhile are in the one or the other.
    package var counts: HistogramCounts {
        HistogramCounts(
            bounds: bounds, counts: (0...bounds.count).map { buckets[$0].load(ordering: .relaxed) },
            sum: sum.load(ordering: .relaxed))
    }
}
