internal import Glibc
internal import JSON

/// A command that asks a supervisor, from its question to the answer.
final class ControlClient {
    enum Received {
        case question(String)
        case nothing
        case closed
    }

    let since = SuspendingClock.now
    private let channel: Channel

    init(_ channel: Channel) { self.channel = channel }

    deinit { close(channel.descriptor) }

    var descriptor: Int32 { channel.descriptor }

    func receive() -> Received {
        switch channel.receive() {
        case .packet(let message, let descriptor):
            if let descriptor { close(descriptor) }
            return .question(message["command"]?.stringValue ?? "")
        case .nothing: return .nothing
        case .closed: return .closed
        }
    }

    /// Where the client has gone, nobody misses the answer.
    func answer(_ message: JSONObject) { channel.send(message) }
}
