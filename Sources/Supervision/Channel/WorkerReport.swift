internal import JSON

/// What a worker tells its supervisor.
enum WorkerReport {
    /// Everything stands; the marks of its settings by name.
    case ready(settings: [String: String])
    /// It will not serve, and why.
    case failed(reason: String, status: Int32)
    /// A serving thread has answered.
    case alive
    /// How things stand.
    case status(JSONValue)
    /// Every connection has left.
    case handedOver

    @discardableResult
    func send(over channel: Channel) -> Bool {
        switch self {
        case .ready(let settings):
            var marks = JSONObject()
            for (name, mark) in settings { marks[name] = .string(mark) }
            return channel.send(["report": "ready", "settings": .object(marks)])
        case .failed(let reason, let status):
            return channel.send(["report": "failed", "reason": .string(reason), "status": .integer(Int64(status))])
        case .alive: return channel.send(["report": "alive"])
        case .status(let status): return channel.send(["report": "status", "status": status])
        case .handedOver: return channel.send(["report": "handed_over"])
        }
    }

    init?(_ message: JSONObject) {
        switch message["report"]?.stringValue {
        case "ready":
            var settings: [String: String] = [:]
            for member in message["settings"]?.objectValue?.members ?? [] {
                settings[member.name] = member.value.stringValue
            }
            self = .ready(settings: settings)
        case "failed":
            let status = message["status"]?.integerValue.flatMap(Int32.init(exactly:))
            self = .failed(reason: message["reason"]?.stringValue ?? "", status: status ?? 1)
        case "alive": self = .alive
        case "status": self = .status(message["status"] ?? .null)
        case "handed_over": self = .handedOver
        default: return nil
        }
    }
}
