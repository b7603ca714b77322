internal import CSystem
internal import FastCGI
internal import Glibc

/// The socket on which commands ask a supervisor. Its owner alone may open it.
final class ControlSocket {
    /// More than people who look at one instance at a time.
    private static let maximumClients = 64
    /// A client says what it wants at once.
    private static let patience = Duration.seconds(5)

    var socket: ListeningSocket
    private(set) var clients: [ControlClient] = []
    /// Whether nobody can be let in until some time has passed.
    private var isPaused = false

    init(_ socket: ListeningSocket) { self.socket = socket }

    /// What can be heard; nobody new as long as there is no room, or who knocks would be heard without end.
    var descriptors: [Int32] {
        let hasRoom = clients.count < Self.maximumClients && !isPaused
        return (hasRoom ? [socket.descriptor] : []) + clients.map(\.descriptor)
    }

    /// Lets in who waits, and answers with what they ask; each asks once.
    func receive() -> [(client: ControlClient, question: String)] {
        while clients.count < Self.maximumClients {
            let descriptor = gatelodge_accept(socket.descriptor)
            guard descriptor >= 0 else {
                isPaused = errno != EAGAIN
                break
            }
            clients.append(ControlClient(Channel(descriptor: descriptor)))
        }
        var questions: [(client: ControlClient, question: String)] = []
        for client in clients {
            switch client.receive() {
            case .question(let question): questions.append((client, question))
            case .nothing: continue
            case .closed: break
            }
            clients.removeAll { $0 === client }
        }
        return questions
    }

    /// Lets go of those who have said nothing, so that others are let in.
    func dropSilent(_ now: SuspendingClock.Instant) {
        isPaused = false
        clients.removeAll { now - $0.since > Self.patience }
    }
}
