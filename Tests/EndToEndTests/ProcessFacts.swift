import Foundation

/// What a process has given up, and what it has open, as /proc tells.
struct ProcessFacts {
    let processID: Int32

    /// Neither it nor what it starts gains rights, it leaves no core file, and no other process may look into it.
    ///
    /// The files of a process in /proc belong to root's user and group where it may not be looked into (proc(5)), so its own
    /// group must be another one.
    var isConfined: Bool { hasNoNewPrivileges && leavesNoCore && !isOpenToOthers }

    private var hasNoNewPrivileges: Bool { read("status").contains("NoNewPrivs:\t1\n") }

    private var leavesNoCore: Bool {
        read("limits").split(separator: "\n").contains { line in
            line.hasPrefix("Max core file size") && line.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"]
        }
    }

    private var isOpenToOthers: Bool {
        var status = stat()
        guard unsafe stat("/proc/\(processID)/environ", &status) == 0 else { return true }
        return status.st_uid != 0 || status.st_gid != 0
    }

    /// Its arguments and its environment, as far as we may see them.
    var givenText: Data {
        ["cmdline", "environ"].reduce(into: Data()) { text, name in
            let path = URL(fileURLWithPath: "/proc/\(processID)/\(name)")
            text.append((try? Data(contentsOf: path)) ?? Data())
        }
    }

    /// How many of its descriptors are network sockets that anybody could connect to or send to.
    var networkSocketCount: Int {
        get throws {
            var targets = Set<String>()
            for kind in ["tcp", "tcp6", "udp", "udp6"] {
                for line in read("net/\(kind)").split(separator: "\n").dropFirst() {
                    let fields = line.split(separator: " ")
                    // 0A is a TCP socket that listens (include/net/tcp_states.h).
                    if kind.hasPrefix("udp") || fields[3] == "0A" { targets.insert("socket:[\(fields[9])]") }
                }
            }
            let folder = "/proc/\(processID)/fd"
            return try FileManager.default.contentsOfDirectory(atPath: folder).count { name in
                // One that was closed meanwhile is none.
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
                return target.map(targets.contains) ?? false
            }
        }
    }

    private func read(_ name: String) -> String {
        (try? String(contentsOfFile: "/proc/\(processID)/\(name)", encoding: .utf8)) ?? ""
    }
}
