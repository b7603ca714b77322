internal import ArgumentParser
internal import Bcrypt
internal import FastCGI
internal import ForeignHashes
internal import Glibc
internal import Supervision

/// `gatelodge hasher`: what `gatelodge serve`, or systemd, starts to hash. It opens nothing and knows no settings but these.
struct HasherCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatelodge hasher",
        abstract: "Hash for the workers that connect to a socket for packets which something else made.",
        discussion: "The socket listens on descriptor 0, or systemd hands it over.")

    /// The argument that chooses it.
    static let name = "hasher"

    @Option(help: "How many threads compute; one for each core where nothing is said.")
    var threads = Processors.count

    @Option(help: "The nice value of its scheduling group.")
    var nice = 10

    func validate() throws {
        guard (1...256).contains(threads), (0...19).contains(nice) else { throw ValidationError("out of range") }
    }

    @Flag(help: "End when descriptor 3 is closed at its other end.")
    var supervised = false

    func run() throws {
        let manager = ServiceManager()
        let listening = manager.listening ?? STDIN_FILENO
        guard HasherSocket.isPossible(on: listening) else { throw failure("`gatelodge serve` starts this by itself") }
        ProcessName.set("hasher")
        // Before the process is confined: then its files in /proc are root's.
        if SchedulingGroup.leave(nice: nice) == .none {
            complain("the system offers hashing no scheduling group of its own: token checks may wait for logins")
        }
        guard Confinement.apply() else { throw failure("the hasher cannot protect its memory from being read") }
        do throws(FastCGIError) {
            let socket = try ListeningSocket(.inherited(descriptor: listening))
            let stop = try StopEvent(receiving: SIGTERM)
            let ends = [stop.descriptor] + (supervised ? [HasherSocket.lifeline] : [])
            let foreign = ForeignWork()
            let service = HasherService(threads: threads) { foreign.answer($0) }
            service.serve(listening: socket.descriptor, until: ends)
            withExtendedLifetime(stop) {}
        } catch {
            throw failure(error.description)
        }
    }
}
