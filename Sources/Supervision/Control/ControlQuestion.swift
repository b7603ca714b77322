internal import CSystem
internal import Glibc
package import JSON

/// What a command can ask of a running instance.
package enum ControlQuestion: String, Sendable, CaseIterable {
    /// Start a new worker and answer what came of it.
    case reload
    /// Say how things stand.
    case status
    /// Answer what was accepted, end, and answer last.
    case stop

    /// Why there is no answer.
    package enum Failure: Error, Equatable, Sendable {
        /// Nobody listens at the path.
        case notRunning
        /// The system does not let us ask.
        case system(errno: Int32)
        /// The other end closed, or took too long.
        case unanswered
    }

    /// Asks the supervisor that listens at a path; blocks until it answers.
    package func ask(at path: String, within limit: Duration) throws(Failure) -> JSONObject {
        guard path.utf8.count <= 107 else { throw .system(errno: ENAMETOOLONG) }
        let descriptor = gatelodge_packet_socket()
        guard descriptor >= 0 else { throw .system(errno: errno) }
        defer { close(descriptor) }
        guard unsafe gatelodge_connect(descriptor, path) == 0 else {
            throw errno == ENOENT || errno == ECONNREFUSED ? .notRunning : .system(errno: errno)
        }
        let channel = Channel(descriptor: descriptor)
        guard channel.send(["command": .string(rawValue)]) else { throw .unanswered }
        let end = SuspendingClock.now + limit
        while true {
            switch channel.receive() {
            case .packet(let answer, _): return answer
            case .closed: throw .unanswered
            case .nothing:
                let left = end - .now
                guard left > .zero else { throw .unanswered }
                var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                _ = unsafe poll(&wanted, 1, Int32(min(60_000, (left / .milliseconds(1)).rounded(.up))))
            }
        }
    }
}
