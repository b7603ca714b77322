internal import CSystem
internal import Glibc
package import Logging
internal import Synchronization

/// The process that hashes for a server: started by it, started again when it ends, gone when the server is.
package final class HasherProcess: Sendable {
    private let program: String
    private let arguments: [String]
    private let logger: Logger
    private let processID = Mutex<pid_t?>(nil)

    /// - Parameters:
    ///   - program: the binary, by default this process's own, whatever stands at its path by now.
    ///   - arguments: those that make it serve the socket on its descriptor 0.
    package init(program: String = "/proc/self/exe", arguments: [String], logger: Logger) {
        self.program = program
        self.arguments = arguments
        self.logger = logger
    }

    /// Starts a process and gives our end of a SOCK_SEQPACKET pair, or nil where none can be started now.
    ///
    /// The process of before is ended; it has ended already, or it no longer answers.
    package func connect() -> Int32? {
        processID.withLock { processID in
            if let previous = processID.take() {
                logger.warning("the hasher has ended; another one is started")
                kill(previous, SIGKILL)
                waitpid(previous, nil, 0)
            }
            var ends: [Int32] = [-1, -1]
            guard unsafe gatelodge_packet_pair(&ends) == 0 else {
                logger.error("socketpair failed", metadata: ["errno": "\(errno)"])
                return nil
            }
            let status: Int32
            (processID, status) = spawn(handing: ends[1])
            close(ends[1])
            guard processID != nil else {
                close(ends[0])
                logger.error("the hasher cannot be started", metadata: ["errno": "\(status)"])
                return nil
            }
            return ends[0]
        }
    }

    private func spawn(handing descriptor: Int32) -> (processID: pid_t?, status: Int32) {
        var argv = unsafe (["gatelodge"] + arguments).map { unsafe strdup($0) } + [nil]
        defer { unsafe argv.forEach { unsafe free($0) } }
        var processID = pid_t()
        let status = unsafe gatelodge_spawn(program, &argv, descriptor, &processID)
        return status == 0 ? (processID, 0) : (nil, status)
    }
}
