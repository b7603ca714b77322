import Counting
import Dispatch
import Testing

@Suite struct CountingTests {
    @Test func `Nothing is lost where many threads count at once`() {
        let (counter, histogram) = (Counter(), Histogram(bounds: [1, 2, 4]))
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for number in 0..<100_000 {
                counter.add()
                histogram.record((thread + number) % 6)
            }
        }
        #expect(counter.value == 800_000)
        let counts = histogram.counts
        #expect(counts.count == 800_000)
        // Of 0 to 5, two are at most 1, one is 2, two are 3 or 4, one is beyond.
        for (count, share) in zip(counts.counts, [2, 1, 2, 1]) { #expect(abs(count - share * 800_000 / 6) < 16) }
        let sum = (0..<8).reduce(0) { sum, thread in sum + (0..<100_000).reduce(0) { $0 + (thread + $1) % 6 } }
        #expect(counts.sum == sum)
    }

    @Test(arguments: [(0, 0), (1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (Int.max / 2, 3)])
    func `A value is counted within the first bound that it does not exceed`(_ value: Int, _ index: Int) {
        let histogram = Histogram(bounds: [1, 2, 4])
        histogram.record(value)
        #expect(histogram.counts.counts.firstIndex(of: 1) == index)
    }

    @Test func `The bound of a share is the first within which it lies`() {
        let counts = HistogramCounts(bounds: [10, 20, 30], counts: [50, 45, 4, 1], sum: 0)
        #expect(counts.bound(ofShare: 0.5) == 10)
        #expect(counts.bound(ofShare: 0.51) == 20)
        #expect(counts.bound(ofShare: 0.99) == 30)
        #expect(counts.bound(ofShare: 0.999) == nil)
        #expect(HistogramCounts(bounds: [10], counts: [0, 0], sum: 0).bound(ofShare: 0.5) == nil)
    }
}
