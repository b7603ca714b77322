/// How far long work is, in words and as a bar.
package struct ProgressText {
    private static let barWidth = 30

    /// Such as `43%, 43000 accounts, 12000 a second`; without the share where nobody knows how much there is.
    package let sentence: String

    /// Such as `[#########.....................] `; nothing where nobody knows how much there is.
    package let bar: String

    package init(bytes: Int, totalBytes: Int?, records: Int, seconds: Double) {
        let pace = "\(records) accounts, \(Int(Double(records) / max(0.001, seconds))) a second"
        guard let totalBytes else {
            (sentence, bar) = (pace, "")
            return
        }
        let share = min(1, Double(bytes) / Double(max(1, totalBytes)))
        let done = Int(share * Double(Self.barWidth))
        sentence = "\(Int(share * 100))%, " + pace
        bar = "[" + String(repeating: "#", count: done) + String(repeating: ".", count: Self.barWidth - done) + "] "
    }
}
