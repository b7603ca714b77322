internal import CSystem
internal import Glibc

/// Starts programs of this instance's, and hears of their end.
enum ChildProcess {
    /// How a process ended.
    enum End: Sendable, Equatable, CustomStringConvertible {
        case status(Int32)
        case signal(Int32)

        var description: String {
            switch self {
            case .status(let status): "exit status \(status)"
            case .signal(let signal): "signal \(signal)"
            }
        }
    }

    /// Why a program was not started.
    struct Failure: Error, Equatable, CustomStringConvertible {
        let program: String
        let errno: Int32

        var description: String { "cannot start \(program): \(unsafe String(cString: strerror(errno)))" }
    }

    /// - Parameters:
    ///   - environment: everything that is in its environment, as in `NAME=value`.
    ///   - input: what it finds on descriptor 0.
    ///   - channel: what it finds on descriptor 3.
    static func start(
        _ program: String, _ arguments: [String], environment: [String], input: Int32, channel: Int32
    ) throws(Failure) -> pid_t {
        var argv = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
        var envp = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer {
            unsafe argv.forEach { unsafe free($0) }
            unsafe envp.forEach { pointer in
                // A secret may be among them.
                if let pointer = unsafe pointer { unsafe explicit_bzero(pointer, strlen(pointer)) }
                unsafe free(pointer)
            }
        }
        var processID = pid_t()
        let status = unsafe gatelodge_spawn(program, &argv, &envp, input, channel, &processID)
        guard status == 0 else { throw Failure(program: program, errno: status) }
        return processID
    }

    /// How one process ended, or nil while it runs. Nobody has a process of this number afterwards.
    static func reap(_ processID: pid_t) -> End? { wait(processID)?.end }

    /// The next child that has ended, also one that was not started here: the first process of a container is left those of
    /// others, and the program before this one in this process may have started some.
    static func reapNext() -> (processID: pid_t, end: End)? { wait(-1) }

    private static func wait(_ processID: pid_t) -> (processID: pid_t, end: End)? {
        var status: Int32 = 0
        let ended = unsafe waitpid(processID, &status, WNOHANG)
        guard ended > 0 else { return nil }
        let signal = status & 0x7F
        return (ended, signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal))
    }
}
