internal import Dispatch
internal import Logging
internal import Threading

/// Takes lines from any thread and writes them on one of its own, so that nobody waits for whoever reads the log.
///
/// What waits is bounded. Lines for which there is no room are dropped and counted, and the count stands in the log where the
/// lines would.
final class LogWriter: Sendable {
    /// Some thousand lines.
    static let maximumWaitingBytes = 1024 * 1024

    private struct State {
        /// Whole lines, in their order.
        var lines: [UInt8] = []
        /// Of lines that have been taken by the thread and are not written yet.
        var takenBytes = 0
        /// Since the log last said so, and in all.
        var unreportedDrops = 0
        var drops = 0
        var reopens = false
        var flushes: [DispatchSemaphore] = []
        /// Whether the last line could not be written. Then it is not said what was dropped until there is something else to say.
        var isFailing = false

        var hasWork: Bool { !lines.isEmpty || reopens || !flushes.isEmpty || (unreportedDrops > 0 && !isFailing) }

        mutating func drop(_ count: Int) {
            unreportedDrops += count
            drops += count
        }

        /// What is to be done now.
        mutating func take() -> Work {
            defer {
                takenBytes = lines.count
                (lines, unreportedDrops, reopens, flushes) = ([], 0, false, [])
            }
            return Work(lines: lines, drops: unreportedDrops, reopens: reopens, flushes: flushes)
        }
    }

    private struct Work {
        let lines: [UInt8]
        let drops: Int
        let reopens: Bool
        let flushes: [DispatchSemaphore]
    }

    let form: LogForm
    private let state = Monitor(State())

    /// Starts the thread, which lives as long as the process.
    init(_ sink: LogSink, form: LogForm) {
        self.form = form
        // Also without SIGPIPE: a reader that has gone is an error of writing like any other.
        Thread.start(name: "log") { [self] in run(sink) }
    }

    // MARK: From any thread

    /// Takes a line with its newline; never waits for anything but a lock that nobody holds for long.
    func append(_ line: [UInt8]) {
        change { state in
            guard state.lines.count + state.takenBytes + line.count <= Self.maximumWaitingBytes else {
                state.drop(1)
                return
            }
            state.lines += line
        }
    }

    func reopen() {
        change { $0.reopens = true }
    }

    /// Blocks until everything that was appended before is written, or the time is over.
    func flush(within limit: Duration) {
        let done = DispatchSemaphore(value: 0)
        change { $0.flushes.append(done) }
        _ = done.wait(timeout: .now() + limit / .seconds(1))
    }

    var droppedLines: Int { state.withLock { $0.drops } }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { body(&$0) }
        state.signal()
    }

    // MARK: On the thread

    private func run(_ sink: LogSink) {
        var sink = sink
        while true {
            let work = state.waitUntil { $0.hasWork ? $0.take() : nil }
            if work.reopens, let reason = sink.reopen() {
                _ = sink.write(form.line(.error, "the log file cannot be opened again", ["cause": "\(reason)"])[...])
            }
            write(work.lines, to: sink)
            if work.drops > 0 { report(drops: work.drops, to: sink) }
            for flush in work.flushes { flush.signal() }
        }
    }

    /// Writes whole lines, as many at a time as a pipe takes without mixing them with those of other processes.
    private func write(_ lines: [UInt8], to sink: LogSink) {
        var rest = lines[...]
        while !rest.isEmpty {
            let room = rest.prefix(LogLine.maximumBytes)
            let piece = room.lastIndex(of: UInt8(ascii: "\n")).map { room[...$0] } ?? room
            let isWritten = sink.write(piece)
            state.withLock { state in
                state.takenBytes -= piece.count
                state.isFailing = !isWritten
                if !isWritten { state.drop(piece.count { $0 == UInt8(ascii: "\n") }) }
            }
            rest = rest.dropFirst(piece.count)
        }
    }

    private func report(drops: Int, to sink: LogSink) {
        let line = form.line(.warning, "log lines were dropped", ["count": .stringConvertible(drops)])
        guard !sink.write(line[...]) else { return }
        state.withLock { state in
            state.unreportedDrops += drops
            state.isFailing = true
        }
    }
}
