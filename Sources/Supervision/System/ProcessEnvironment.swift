internal import Glibc

/// What processes of this instance are given as their environment, as in `NAME=value`.
enum ProcessEnvironment {
    /// Only where to find libraries.
    static var libraries: [String] { all.filter { $0.hasPrefix("LD_LIBRARY_PATH=") } }

    /// Ours but what is for this process alone, and with these variables instead of their namesakes.
    static func inherited(setting values: [String: String]) -> [String] {
        let own = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC"]
        let replaced = own + values.keys
        return all.filter { entry in !replaced.contains { entry.hasPrefix("\($0)=") } }
            + values.map { "\($0.key)=\($0.value)" }
    }

    /// An entry that is no UTF-8 is not handed on: a name or value that came out changed would be worse.
    private static var all: [String] {
        var entries: [String] = []
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            unsafe next += 1
            if let text = unsafe String(validatingCString: entry) { entries.append(text) }
        }
        return entries
    }
}
