internal import Logging

/// What commands have to say beside their output: warnings, to standard error.
enum CommandLog {
    static var logger: Logger {
        var logger = Logger(label: "gatelodge") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        return logger
    }
}
