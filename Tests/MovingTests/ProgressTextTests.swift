import GatelodgeCommand
import Testing

@Suite struct ProgressTextTests {
    @Test func `A file of known length has a bar and a share, and others how many and how fast`() {
        let half = ProgressText(bytes: 50, totalBytes: 100, records: 3_000, seconds: 1.5)
        #expect(half.sentence == "50%, 3000 accounts, 2000 a second")
        #expect(half.bar == "[" + String(repeating: "#", count: 15) + String(repeating: ".", count: 15) + "] ")
        let unknown = ProgressText(bytes: 50, totalBytes: nil, records: 3_000, seconds: 1.5)
        #expect(unknown.sentence == "3000 accounts, 2000 a second" && unknown.bar.isEmpty)
        // A file that grows meanwhile, and one that is empty.
        #expect(ProgressText(bytes: 200, totalBytes: 100, records: 1, seconds: 0).sentence.hasPrefix("100%, "))
        #expect(ProgressText(bytes: 0, totalBytes: 0, records: 0, seconds: 0).sentence == "0%, 0 accounts, 0 a second")
    }
}
