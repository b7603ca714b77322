internal import CSystem
internal import Glibc

/// What systemd hands over and is told (sd_listen_fds(3), sd_notify(3)); elsewhere there is nothing to hear or say.
package struct ServiceManager: Sendable {
    /// The first of the listening sockets that it handed over.
    package let listening: Int32?
    /// How often it wants to hear that we live.
    package let watchdogInterval: Duration?

    private let notifySocket: String?

    /// Reads what the environment says to this process, and takes it out: it is for nobody else.
    ///
    /// To be called while the process has one thread.
    package init() {
        func take(_ name: String) -> String? {
            defer { unsafe unsetenv(name) }
            return unsafe getenv(name).flatMap { unsafe String(validatingCString: $0) }
        }
        let isForUs = take("LISTEN_PID") == "\(getpid())"
        let count = take("LISTEN_FDS").flatMap { Int32($0) } ?? 0
        _ = take("LISTEN_FDNAMES")
        listening = isForUs && count > 0 ? Self.firstDescriptor : nil
        if isForUs, (1...64).contains(count) {
            for descriptor in Self.firstDescriptor..<Self.firstDescriptor + count {
                _ = gatelodge_close_on_exec(descriptor)
            }
        }
        let watches = take("WATCHDOG_PID").map { $0 == "\(getpid())" } ?? true
        let interval = take("WATCHDOG_USEC").flatMap { Int64($0) }.map { Duration.microseconds($0) }
        watchdogInterval = watches ? interval : nil
        notifySocket = take("NOTIFY_SOCKET")
    }

    /// - Parameter notifySocket: where it listens, as the program before this one in this process was told.
    package init(notifySocket: String?, watchdogInterval: Duration?) {
        listening = nil
        self.notifySocket = notifySocket
        self.watchdogInterval = watchdogInterval
    }

    private static let firstDescriptor: Int32 = 3

    /// Says something, as in `READY=1`.
    package func tell(_ message: String) {
        guard let notifySocket else { return }
        // A service manager that does not listen has nothing to hear.
        _ = unsafe gatelodge_notify(notifySocket, message)
    }

    /// For the program after this one in this process.
    package var address: String? { notifySocket }
}
