internal import Glibc

/// Standard error, as this process was given it.
enum StandardError {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether it is a terminal that should show colours (https://no-color.org).
    static var isColourful: Bool { isTerminal && variable("NO_COLOR") == nil && variable("TERM") ?? "dumb" != "dumb" }

    /// Whether the journal reads it: systemd.exec(5) names the file in `$JOURNAL_STREAM`, because a child may have been
    /// given another one and still inherit the variable.
    static var isJournal: Bool {
        var status = stat()
        guard let named = variable("JOURNAL_STREAM"), unsafe fstat(STDERR_FILENO, &status) == 0 else { return false }
        return named == "\(status.st_dev):\(status.st_ino)"
    }

    /// The value in the environment; nil where it is absent or empty.
    private static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
        return unsafe String(cString: value)
    }
}
