internal import Glibc
package import Logging
internal import Threading

/// The log of an instance: one line for each event, for programs or for people, to standard error or to a file.
package enum InstanceLog {
    /// How long the end of a process waits for whoever reads its log.
    static let flushLimit = Duration.seconds(1)

    private static let writers = Locked<[LogDestination: LogWriter]>([:])

    /// A logger as the settings want it. Those with one destination share one queue and one thread.
    ///
    /// - Throws: where the file cannot be opened.
    package static func logger(_ settings: Settings.Log) throws(StartError) -> Logger {
        let destination = LogDestination(file: settings.file, format: settings.format)
        let writer = try writer(for: destination)
        var logger = Logger(label: "gatelodge") { _ in LineLogHandler(writer: writer) }
        logger.logLevel = settings.level
        return logger
    }

    /// Opens the log files again by their names, after others have been given to those that are open. Does not block; where a
    /// file cannot be opened, the log says so and goes on in the one that is open.
    package static func reopen() {
        for writer in all { writer.reopen() }
    }

    /// Blocks until everything that was logged before is written, or a second has passed.
    package static func flush() {
        for writer in all { writer.flush(within: flushLimit) }
    }

    /// How many lines of this process were dropped, because their reader was too slow or the file could not be written.
    package static var droppedLines: Int { all.reduce(0) { $0 + $1.droppedLines } }

    private static var all: [LogWriter] { writers.withLock { Array($0.values) } }

    private static func writer(for destination: LogDestination) throws(StartError) -> LogWriter {
        let opened: Result<LogWriter, StartError> = writers.withLock { writers in
            if let writer = writers[destination] { return .success(writer) }
            do throws(StartError) {
                let writer = LogWriter(try LogSink(file: destination.file), form: LogForm(destination))
                // However the process ends, short of a crash.
                if writers.isEmpty { atexit { InstanceLog.flush() } }
                writers[destination] = writer
                return .success(writer)
            } catch {
                return .failure(error)
            }
        }
        return try opened.get()
    }
}
