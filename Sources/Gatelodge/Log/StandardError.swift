internal import Glibc

/// Standard error, as this process was given it.
enum StandardError {
    static let descriptor = STDERR_FILENO

    static var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Whether the journal reads it: systemd.exec(5) names the file in `$JOURNAL_STREAM`, because a child may have been
    /// given another one and still inherit the variable.
    static var isJournal: Bool {
        var status = stat()
        guard let named = unsafe getenv("JOURNAL_STREAM"), unsafe fstat(descriptor, &status) == 0 else { return false }
        return unsafe String(cString: named) == "\(status.st_dev):\(status.st_ino)"
    }
}
