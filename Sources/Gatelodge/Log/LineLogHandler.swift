internal import Logging

/// Writes the events of a logger as lines.
struct LineLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    let writer: LogWriter

    init(writer: LogWriter) { self.writer = writer }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = event.metadata ?? [:]
        all.merge(metadataProvider?.get() ?? [:]) { own, _ in own }
        all.merge(metadata) { own, _ in own }
        // The type alone: what an error says may hold anything.
        if let error = event.error { all["error"] = "\(type(of: error))" }
        writer.append(writer.form.line(event.level, event.message.description, all))
    }
}
