import Logging
import Threading

/// The statements of a store, as its log at level trace has them.
final class StatementLog: Sendable {
    private let statements = Locked<Set<String>>([])

    var all: Set<String> { statements.withLock { $0 } }

    var logger: Logger {
        var logger = Logger(label: "test") { [self] _ in Handler(log: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let log: StatementLog
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            guard let statement = event.metadata?["sql"] else { return }
            _ = log.statements.withLock { $0.insert("\(statement)") }
        }
    }
}
