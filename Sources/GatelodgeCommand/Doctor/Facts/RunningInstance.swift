internal import Glibc

/// The instance that holds the lock beside a socket.
struct RunningInstance {
    private let processID: Int32

    /// `nil` where none does.
    init?(socketPath: String) {
        guard SocketHold.isHeld(of: socketPath) == true,
            let processID = SystemFacts.number(socketPath + ".lock"), processID > 1
        else { return nil }
        self.processID = Int32(clamping: processID)
    }

    /// Whether a hashing process that it started is in its control group, and the processor is shared between groups there;
    /// `nil` where the system does not say.
    var sharesControlGroup: Bool? {
        guard let own = group(of: "\(processID)"),
            let children = SystemFacts.text("/proc/\(processID)/task/\(processID)/children", maximumBytes: 1 << 16)
        else { return nil }
        guard unsafe access("/sys/fs/cgroup\(own)/cpu.weight", F_OK) == 0 else { return false }
        return children.split(separator: " ").contains { child in
            let name = SystemFacts.text("/proc/\(child)/cmdline", maximumBytes: 1 << 16) ?? ""
            return name.split(separator: "\0").dropFirst().first == "hasher" && group(of: child) == own
        }
    }

    /// Of version 2: cgroups(7).
    private func group(of processID: some StringProtocol) -> String? {
        SystemFacts.text("/proc/\(processID)/cgroup", maximumBytes: 1 << 16)?.split(separator: "\n")
            .first { $0.hasPrefix("0::") }.map { String($0.dropFirst(3)) }
    }
}
