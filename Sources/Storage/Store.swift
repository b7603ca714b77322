internal import GRDB
package import Logging

/// The accounts and keys of one instance, in an SQLite file.
///
/// Reads are short and run on the calling thread; writes suspend the caller until they are durable: what was
/// acknowledged survives `kill -9` and power loss. Several processes may use one file.
package final class Store: Sendable {
    /// The file.
    package let path: String

    let pool: any DatabaseWriter
    let writer: StoreWriter
    let upkeep: Upkeep
    let attempts = AttemptsInFlight()
    let logger: Logger

    /// Opens the database, or makes it with mode 0600; its folder must be there.
    ///
    /// Blocks, at most some seconds, while another process opens or migrates the same file.
    package convenience init(
        path: String, options: StoreOptions = StoreOptions(), logger: Logger
    ) throws(StorageError) {
        try self.init(path: path, options: options, logger: logger, migrations: Schema.migrations)
    }

    /// - Parameter migrations: those of another binary than this one, for tests of the two side by side.
    package init(
        path: String, options: StoreOptions = StoreOptions(), logger: Logger, migrations: [Migration]
    ) throws(StorageError) {
        let file = try DatabaseFile(path: path)
        try file.prepare()
        let deadline = BusyDeadline(.now + Self.openingPatience)
        do {
            let fileSystem = options.fileSystem ?? FileSystem(holding: file.path)
            let pool = try Self.open(file, on: fileSystem, deadline: deadline, logger: logger)
            try pool.writeWithoutTransaction { try $0.execute(sql: Self.writerSettings) }
            self.path = file.path
            self.pool = pool
            self.writer = StoreWriter(
                pool: pool, identity: try FileIdentity(path: file.path), path: file.path, deadline: deadline,
                batchLimit: options.batchLimit)
            self.upkeep = Upkeep(auditSeconds: options.auditSeconds, throttleRows: options.throttleRows)
            self.logger = logger
        } catch {
            throw file.diagnose(error)
        }
        try migrate(through: migrations, logger: logger)
    }

    /// What the writer has done so far.
    package var writeCounters: WriteCounters { writer.counters }

    /// The same, and what it is doing now.
    package var writeActivity: WriteActivity { writer.activity }

    /// Finishes the writes that wait and closes the file; blocks. Later calls fail.
    package func close() throws(StorageError) {
        do {
            try writer.close()
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Reads a consistent state on the calling thread, with one of a few connections that only read.
    func read<Value>(_ body: (Database) throws -> Value) throws(StorageError) -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw StorageError(error, path: path)
        }
    }

    private func migrate(through migrations: [Migration], logger: Logger) throws(StorageError) {
        let before = try writer.writeBlocking(patience: Self.openingPatience) { [path] db in
            let before = try Schema.migrate(db, path: path, through: migrations) { version in
                // The write lock is held: nobody changes anything between the copy and the first step.
                try MigrationBackup.make(of: path, before: version)
            }
            try Self.insertInstanceID(db)
            return before
        }
        guard before < migrations.count else { return }
        logger.info(
            "database migrated",
            metadata: ["path": "\(path)", "from": "\(before)", "to": "\(migrations.count)"])
    }
}

extension Store {
    /// Opening may wait for another process's migration.
    static let openingPatience = Duration.seconds(5)

    /// Readers never wait for the writer in WAL mode, so a few serve many threads.
    private static let maximumReaders = 4

    /// What only the connection that writes has.
    ///
    /// GRDB sets NORMAL when it turns WAL on, and a commit would then not be on the disk when it returns
    /// (https://www.sqlite.org/pragma.html#pragma_synchronous). Savepoints copy the pages they change: in memory that costs a few
    /// kilobytes each, while room for a file to come takes and gives back 64 (a third more writes a second). A longer log, 16 MB,
    /// and a cache for the inner pages of a million accounts save copying the same pages again and again.
    private static let writerSettings = """
        PRAGMA synchronous = FULL;
        PRAGMA temp_store = MEMORY;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA cache_size = -16384;
        """

    private static func open(
        _ file: DatabaseFile, on fileSystem: FileSystem, deadline: BusyDeadline, logger: Logger
    ) throws -> any DatabaseWriter {
        let configuration = configuration(path: file.path, deadline: deadline, logger: logger)
        while true {
            do {
                switch fileSystem {
                case .local: return try DatabasePool(path: file.path, configuration: configuration)
                case .network(let name):
                    let queue = try openWithoutLog(file.path, configuration)
                    logger.warning(
                        "the database is on a network file system: no write-ahead log, readers and writers take turns",
                        metadata: ["path": "\(file.path)", "file_system": "\(name)"])
                    return queue
                }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && !deadline.isPast {
                // Turning WAL on upgrades a shared lock; when two processes do so at once SQLite fails one of them
                // at once instead of asking the busy handler, which could only wait for ever.
                pause()
            }
        }
    }

    /// With a journal that is emptied after each commit, and one connection for everything: with such a journal a second one
    /// would only wait for the first.
    private static func openWithoutLog(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = TRUNCATE") }
        return queue
    }

    private static func configuration(path: String, deadline: BusyDeadline, logger: Logger) -> Configuration {
        var configuration = Configuration()
        configuration.label = "gatelodge.store"
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = maximumReaders
        configuration.busyMode = .callback { _ in
            guard !deadline.isPast else { return false }
            pause()
            return true
        }
        configuration.prepareDatabase { db in
            // The statements without their values, which may be secrets.
            if logger.logLevel == .trace { db.trace { logger.trace("statement", metadata: ["sql": "\($0)"]) } }
            // GRDB gives reading connections ten seconds; they wait only while another process recovers a log.
            if db.configuration.readonly { try db.execute(sql: "PRAGMA busy_timeout = 2000") }
            // Views and triggers that someone added to the file get no side effects.
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            // Old hashes and retired keys are overwritten, not only unlinked.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try Schema.refuseForeign(db, path: path)
        }
        return configuration
    }
}
