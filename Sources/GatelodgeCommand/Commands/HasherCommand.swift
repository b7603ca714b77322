internal import ArgumentParser
internal import Bcrypt
internal import Gatelodge
internal import Glibc
internal import Supervision

/// `gatelodge hasher`: what `gatelodge serve` starts to hash for it. It opens nothing and knows no settings but these.
struct HasherCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatelodge hasher", abstract: "Hash for a server that starts this with a socket on descriptor 0.")

    /// The argument that chooses it.
    static let name = "hasher"

    @Option var threads: Int
    @Option var nice: Int

    /// What makes a process serve these settings.
    static func arguments(_ settings: Settings) -> [String] {
        [name, "--threads", "\(settings.hashing.count)", "--nice", "\(settings.hashing.nice)"]
    }

    func validate() throws {
        guard (1...256).contains(threads), (0...19).contains(nice) else { throw ValidationError("out of range") }
    }

    func run() throws {
        var type: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &type, &length) == 0,
            type == Int32(SOCK_SEQPACKET.rawValue)
        else { throw failure("`gatelodge serve` starts this by itself") }
        ProcessName.set("hasher")
        // Before the process is confined: then its files in /proc are root's.
        if SchedulingGroup.leave(nice: nice) == .none {
            complain("the system offers hashing no scheduling group of its own: token checks may wait for logins")
        }
        guard Confinement.apply() else { throw failure("the hasher cannot protect its memory from being read") }
        HasherService(descriptor: STDIN_FILENO, threads: threads).run()
    }
}
