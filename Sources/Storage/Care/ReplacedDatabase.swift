internal import GRDB
internal import Glibc

/// The database that a restore replaces: alone in our hands as long as this value is there, and kept under another name.
struct ReplacedDatabase: ~Copyable {
    let exists: Bool

    /// Nothing where the file is so damaged that nobody can say.
    let tokens: IssuedTokens

    private let file: DatabaseFile

    /// Holds the exclusive lock, so that nobody opens the file while it is replaced.
    private let connection: DatabaseConnection?

    /// - Throws: ``StorageError/inUse(path:)`` where another connection has it open.
    init(_ file: DatabaseFile, lifetimeSeconds: Int64, now: Int64) throws(StorageError) {
        self.file = file
        exists = status(file.path) != nil
        guard exists else {
            tokens = IssuedTokens(lifetimeSeconds: lifetimeSeconds)
            connection = nil
            return
        }
        do throws(StorageError) {
            let connection = try DatabaseConnection(path: file.path, isReadOnly: false)
            tokens = try connection.write { db in
                // Leaving the log behind needs the file for oneself alone, and every open connection with a log holds a
                // shared lock on it.
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
                let tokens = try IssuedTokens(db, lifetimeSeconds: lifetimeSeconds, now: now)
                try db.execute(sql: "BEGIN EXCLUSIVE")
                return tokens
            }
            self.connection = connection
        } catch {
            switch error {
            case .busy: throw .inUse(path: file.path)
            case .corrupt, .notADatabase, .unavailable:
                // Damage is a reason to restore. SQLite cannot be asked who has the file; the system can.
                try refuseOtherHolders(of: file.path)
                tokens = IssuedTokens(lifetimeSeconds: lifetimeSeconds)
                connection = nil
            default: throw error
            }
        }
    }

    /// Lets others open what is there now. The transaction changed nothing, and ends with the connection.
    consuming func close() {}

    /// Gives it a second name, so that its first never names nothing, and takes along the log of a damaged one: it would be
    /// played into the restored database.
    ///
    /// - Returns: the name, or `nil` where there is nothing to keep.
    func keep(as name: String) throws(StorageError) -> String? {
        guard exists else { return nil }
        guard unsafe link(file.path, name) == 0 else {
            if errno == EEXIST { throw .exists(path: name) }
            throw .unavailable(reason: "\(name): \(lastError())")
        }
        for suffix in ["-wal", "-journal"] where status(file.path + suffix) != nil {
            guard unsafe rename(file.path + suffix, name + suffix) == 0 else {
                throw .unavailable(reason: "\(name + suffix): \(lastError())")
            }
        }
        unsafe unlink(file.path + "-shm")
        return name
    }
}

/// SQLite's shared lock lies on 510 bytes behind the first gigabyte (https://www.sqlite.org/c3ref/c_lock_exclusive.html and
/// `os.h`: PENDING_BYTE, SHARED_FIRST).
private func refuseOtherHolders(of path: String) throws(StorageError) {
    let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw .readOnly(path: path) }
    defer { close(descriptor) }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = 0x4000_0000
    lock.l_len = 512
    guard unsafe fcntl(descriptor, F_GETLK, &lock) == 0 else { throw .unavailable(reason: "\(path): \(lastError())") }
    guard lock.l_type == Int16(F_UNLCK) else { throw .inUse(path: path) }
}
