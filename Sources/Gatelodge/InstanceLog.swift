package import Logging

/// The log of an instance: lines for people, on standard error.
package enum InstanceLog {
    package static func logger(level: Logger.Level) -> Logger {
        var logger = Logger(label: "gatelodge") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}
