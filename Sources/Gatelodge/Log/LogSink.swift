internal import Glibc

/// The file that lines are written to, by one thread and for as long as the process lives.
struct LogSink: Sendable {
    private let file: String?
    private var descriptor: Int32

    /// - Parameter file: standard error where there is none.
    /// - Throws: where the file cannot be opened.
    init(file: String?) throws(StartError) {
        self.file = file
        descriptor = STDERR_FILENO
        if let file {
            descriptor = Self.open(file)
            guard descriptor >= 0 else { throw StartError("log.file \(file): \(Self.reason(errno))") }
        }
    }

    /// Opens the file by its name again.
    ///
    /// - Returns: why that failed; the one that is open stays so then.
    mutating func reopen() -> String? {
        guard let file else { return nil }
        let opened = Self.open(file)
        guard opened >= 0 else { return Self.reason(errno) }
        close(descriptor)
        descriptor = opened
        return nil
    }

    /// Writes all bytes; blocks for as long as whoever reads them wants.
    ///
    /// - Returns: false where they cannot be written; some may have been.
    func write(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count < 0, errno == EAGAIN {
                // Somebody else has made what we share with them non-blocking.
                var waited = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&waited, 1, -1)
            } else if count == 0 || errno != EINTR {
                return false
            }
        }
        return true
    }

    /// O_NONBLOCK makes the opening of a pipe that nobody reads fail instead of waiting.
    private static func open(_ file: String) -> Int32 {
        unsafe Glibc.open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o640)
    }

    private static func reason(_ number: Int32) -> String {
        unsafe String(cString: strerror(number))
    }
}
