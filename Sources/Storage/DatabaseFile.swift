internal import Glibc

/// The checks on the file itself, before SQLite sees its path.
///
/// No descriptor on an existing database is ever opened here: closing one would drop every POSIX lock that SQLite
/// holds on the file in this process (https://www.sqlite.org/howtocorrupt.html §2.2).
struct DatabaseFile {
    /// As SQLite gets it: never empty, never taken for `:memory:` or a `file:` URI.
    let path: String

    init(path: String) throws(StorageError) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .pathInvalid }
        self.path = path.hasPrefix("/") ? path : "./" + path
    }

    /// Makes the file with mode 0600 where there is none, else makes sure that it is a regular file of mode 0600 or less.
    func prepare() throws(StorageError) {
        guard let folderStatus = status(folder) else { throw .folderMissing(path: folder) }
        guard folderStatus.st_mode & S_IFMT == S_IFDIR else { throw .folderMissing(path: folder) }
        if status(path) == nil { try create() }
        guard let fileStatus = status(path) else { throw .unavailable(reason: "\(path): \(lastError())") }
        guard fileStatus.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
        let mode = fileStatus.st_mode & 0o7777
        guard mode & 0o077 == 0 else { throw .permissionsTooOpen(path: path, mode: mode) }
        // SQLite would open the file for reading, make a log of the file's mode and leave that behind, unwritable.
        if let obstacle = obstacle() { throw obstacle }
    }

    /// What stands in the way of writing; SQLite's own message never says.
    func obstacle() -> StorageError? {
        if unsafe faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) != 0 { return .readOnly(path: path) }
        if unsafe faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0 { return .readOnly(path: folder) }
        return nil
    }

    /// An empty file under a name of its own, then linked into place, which never replaces one that is there: of two
    /// processes one makes it, both go on, and neither closes a descriptor on it.
    private func create() throws(StorageError) {
        let temporary = "\(path).\(hexadecimal(.random(in: .min ... .max)))"
        try Self.makeEmpty(temporary, folder: folder)
        let linked = unsafe link(temporary, path)
        let reason = errno
        unsafe unlink(temporary)
        guard linked == 0 || reason == EEXIST else {
            throw .unavailable(reason: "\(path): \(unsafe String(cString: strerror(reason)))")
        }
    }

    /// An empty file of mode 0600 where there is none.
    static func makeEmpty(_ path: String, folder: String) throws(StorageError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw .folderMissing(path: folder) }
            if errno == EACCES || errno == EROFS || errno == EPERM { throw .readOnly(path: folder) }
            if errno == ENOSPC || errno == EDQUOT { throw .full }
            throw .unavailable(reason: "\(path): \(lastError())")
        }
        close(descriptor)
    }

    /// Refuses what is no regular file, or not there.
    func checkPresence() throws(StorageError) {
        guard let status = status(path) else { throw .unavailable(reason: "\(path): \(lastError())") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    }

    /// The last part of the path.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    var folder: String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// `nil` when there is no such file, or none we may know of; symbolic links are followed.
func status(_ path: String) -> stat? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status : nil
}

/// The system's words for the last error of this thread.
func lastError() -> String {
    unsafe String(cString: strerror(errno))
}
