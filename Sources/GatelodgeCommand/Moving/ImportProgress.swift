internal import Glibc

/// Says how far long work is, on standard error: a bar on a terminal, a line now and then elsewhere.
struct ImportProgress {
    /// Of the whole file; nil where that is not known.
    private let totalBytes: Int?
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let begin = ContinuousClock.now
    private var next = ContinuousClock.now
    private var hasBar = false

    init(totalBytes: Int?) {
        self.totalBytes = totalBytes
        next += isTerminal ? .milliseconds(500) : .seconds(5)
    }

    /// - Parameters:
    ///   - bytes: that have been read.
    ///   - records: that have been dealt with.
    mutating func update(bytes: Int, records: Int) {
        let now = ContinuousClock.now
        guard now >= next else { return }
        next = now + (isTerminal ? .milliseconds(200) : .seconds(5))
        let text = ProgressText(
            bytes: bytes, totalBytes: totalBytes, records: records, seconds: (now - begin) / .seconds(1))
        if isTerminal {
            hasBar = true
            // Back to the beginning of the line, and away with what stood there.
            writeAll("\r\u{1B}[K" + text.bar + text.sentence, to: STDERR_FILENO)
        } else {
            complain(text.sentence)
        }
    }

    /// Takes the bar away.
    func finish() {
        if hasBar { writeAll("\r\u{1B}[K", to: STDERR_FILENO) }
    }
}
