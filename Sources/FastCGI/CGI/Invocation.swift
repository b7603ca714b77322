internal import Glibc

/// How the web server, or a person, started this process.
public enum Invocation: Sendable, Equatable {
    /// For one request, which is in the environment and on standard input (RFC 3875 §4.1.4).
    case cgi
    /// With a listening socket on descriptor 0 (FastCGI 1.0 §2.2).
    case fastCGI
    /// By hand, or by something that hands nothing over.
    case command

    /// This process's own.
    public static var current: Invocation {
        if unsafe getenv("GATEWAY_INTERFACE") != nil { return .cgi }
        var listens: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        let result = unsafe getsockopt(0, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length)
        return result == 0 && listens == 1 ? .fastCGI : .command
    }
}
