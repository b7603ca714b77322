internal import Logging

/// How an event becomes a line.
struct LogForm: Sendable {
    /// One JSON object, or words for people.
    var isJSON: Bool
    var isColourful = false
    /// Whether each line begins with its priority, as the journal understands it (sd-daemon(3)).
    var hasPriority = false

    init(isJSON: Bool, isColourful: Bool = false, hasPriority: Bool = false) {
        self.isJSON = isJSON
        self.isColourful = isColourful
        self.hasPriority = hasPriority
    }

    /// What suits a destination.
    init(_ destination: LogDestination) {
        let isStandardError = destination.file == nil
        isJSON =
            switch destination.format {
            case .auto: !(isStandardError && StandardError.isTerminal)
            case .json: true
            case .text: false
            }
        isColourful = isStandardError && TextColour.isShown(on: StandardError.descriptor)
        hasPriority = isStandardError && StandardError.isJournal
    }

    /// A line with its newline, of at most ``LogLine/maximumBytes``. Whatever the text holds, the line stays one line and steers
    /// no terminal.
    func line(
        _ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata, time: LogTime = .now
    ) -> [UInt8] {
        var line = LogLine()
        if hasPriority { line.append("<\(level.priority)>") }
        // What names the request first, the rest in an order that stays.
        let members = metadata.sorted { left, right in
            if left.key == "request_id" || right.key == "request_id" { return left.key == "request_id" }
            return left.key < right.key
        }
        if isJSON {
            line.append(#"{"time":""#)
            line.append(time)
            line.append(#"","level":"\#(level.rawValue)","message":"#)
            line.append(quoted: message)
            for (name, value) in members { line.append(memberOf: value, named: name) }
            line.append("}")
        } else {
            line.append(time)
            line.append(isColourful ? " \(level.colour.begin)" : " ")
            line.append(level.rawValue)
            line.append(isColourful ? TextColour.end : "")
            line.append(String(repeating: " ", count: 9 - level.rawValue.utf8.count))
            line.append(plain: message)
            for (name, value) in members { line.append(wordOf: value, named: name) }
        }
        return line.finished()
    }
}

extension Logger.Level {
    /// Of syslog(3).
    fileprivate var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    fileprivate var colour: TextColour {
        switch self {
        case .trace, .debug: .dim
        case .info: .green
        case .notice: .cyan
        case .warning: .yellow
        case .error: .red
        case .critical: .boldRed
        }
    }
}
