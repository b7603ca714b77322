internal import Glibc

/// The group of processes among which Linux shares the processor before it looks at single threads (sched(7),
/// "The autogroup feature").
package enum SchedulingGroup {
    /// What came of leaving the parent's group.
    package enum Outcome: Sendable, Equatable {
        /// This process has a group of its own, with the nice value that was asked for.
        case ownGroup
        /// The system offers none: autogroups are switched off, or a control group with shares of its own is stronger.
        case none
    }

    /// Makes this process the leader of a new session, and so of an autogroup, and gives that a nice value.
    ///
    /// - Parameter nice: 0 to 19; each step is about a tenth of the group's share.
    package static func leave(nice: Int) -> Outcome {
        _ = setsid()
        guard read("/proc/sys/kernel/sched_autogroup_enabled") == "1", !hasShareOfControlGroup(),
            write("\(nice)", to: "/proc/self/autogroup")
        else {
            // Then at least among the threads of the parent's group.
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Int32(nice))
            return .none
        }
        return .ownGroup
    }

    /// Whether this process is in a control group that the processor is shared between; autogroups are for the others.
    private static func hasShareOfControlGroup() -> Bool {
        guard let line = read("/proc/self/cgroup")?.split(separator: "\n").first(where: { $0.hasPrefix("0::") }) else {
            return false
        }
        return unsafe access("/sys/fs/cgroup\(line.dropFirst(3))/cpu.weight", F_OK) == 0
    }

    private static func read(_ path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    private static func write(_ text: String, to path: String) -> Bool {
        let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let bytes = [UInt8](text.utf8)
        return unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count
    }
}
