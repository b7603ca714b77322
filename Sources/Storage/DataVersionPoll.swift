internal import GRDB
internal import Logging

/// The questions of a watch, one after the other on one thread.
struct DataVersionPoll {
    private let path: String
    private let logger: Logger
    private var connection: DatabaseQueue?

    /// The last answer; `nil` where the next one is news whatever it says.
    private var version: Int64?

    private var isBroken = false

    init(path: String, connection: DatabaseQueue, logger: Logger) {
        self.path = path
        self.connection = connection
        self.logger = logger
    }

    /// Whether anything was committed since the last question; `nil` where there is no answer, which is logged once.
    mutating func ask() -> Bool? {
        do {
            let open = try connection ?? Self.open(path)
            connection = open
            let current = try open.unsafeRead { db in
                try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version"))
            }
            guard let current else { throw StorageError.unavailable(reason: "no data version") }
            defer { version = current }
            isBroken = false
            return current != version
        } catch {
            let cause = StorageError(error, path: path)
            if !isBroken { logger.error("the database cannot be watched", metadata: ["cause": "\(cause)"]) }
            isBroken = true
            version = nil
            // A connection that cannot be asked is worth no more once it is replaced.
            try? connection?.close()
            connection = nil
            return nil
        }
    }

    static func open(_ path: String) throws(StorageError) -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "gatelodge.watch"
        configuration.readonly = true
        // While another process recovers a log.
        configuration.busyMode = .timeout(2)
        do {
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw StorageError(error, path: path)
        }
    }
}
