/// What a ``Histogram`` has counted.
package struct HistogramCounts: Sendable, Equatable {
    /// The largest value of each count but the last.
    package let bounds: [Int]
    /// Values within each bound and beyond the one before; the last are beyond all bounds.
    package let counts: [Int]
    package let sum: Int

    package init(bounds: [Int] = [], counts: [Int] = [0], sum: Int = 0) {
        self.bounds = bounds
        self.counts = counts
        self.sum = sum
    }

    /// Of all values.
    package var count: Int { counts.reduce(0, +) }

    /// The first bound within which that share of the values lies; nil where there are none, or where it lies beyond all bounds.
    package func bound(ofShare share: Double) -> Int? {
        let wanted = Double(count) * share
        guard count > 0 else { return nil }
        var seen = 0
        for (bound, count) in zip(bounds, counts) {
            seen += count
            if Double(seen) >= wanted { return bound }
        }
        return nil
    }
}
