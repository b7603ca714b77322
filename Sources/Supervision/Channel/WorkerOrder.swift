internal import JSON

/// What a supervisor tells a worker.
///
/// The two may be of different versions: an order that a worker does not know is passed over.
enum WorkerOrder {
    /// Accept connections, also again after a hand-over that came to nothing. The facts are for its status.
    case serve(JSONObject)
    /// Answer from a serving thread.
    case ping
    /// Say how things stand.
    case status
    /// Let connections leave over the link.
    case handOver(link: Int32)
    /// Take the connections that come over the link.
    case adopt(link: Int32)
    /// Open the log's file anew.
    case reopenLog
    /// Answer what was accepted and end.
    case stop

    func send(over channel: Channel) -> Bool {
        switch self {
        case .serve(let facts): channel.send(["order": "serve", "facts": .object(facts)])
        case .ping: channel.send(["order": "ping"])
        case .status: channel.send(["order": "status"])
        case .handOver(let link): channel.send(["order": "hand_over"], descriptor: link)
        case .adopt(let link): channel.send(["order": "adopt"], descriptor: link)
        case .reopenLog: channel.send(["order": "reopen_log"])
        case .stop: channel.send(["order": "stop"])
        }
    }

    init?(_ message: JSONObject, descriptor: Int32?) {
        switch (message["order"]?.stringValue, descriptor) {
        case ("serve", nil): self = .serve(message["facts"]?.objectValue ?? [:])
        case ("ping", nil): self = .ping
        case ("status", nil): self = .status
        case ("hand_over", let link?): self = .handOver(link: link)
        case ("adopt", let link?): self = .adopt(link: link)
        case ("reopen_log", nil): self = .reopenLog
        case ("stop", nil): self = .stop
        default: return nil
        }
    }
}
