internal import Glibc

/// Which file a path named when the store was opened.
///
/// SQLite goes on writing into a file that was removed or replaced beneath it, and what it acknowledges then is gone with
/// the last descriptor. Each commit therefore asks first whether the file is still the one that the path names.
struct FileIdentity: Sendable {
    private let path: String
    private let device: UInt64
    private let inode: UInt64

    init(path: String) throws(StorageError) {
        guard let status = status(path) else { throw .replaced(path: path) }
        self.path = path
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// - Throws: ``StorageError/replaced(path:)`` where the path names nothing, or something else.
    func check() throws(StorageError) {
        guard let status = status(path), UInt64(status.st_dev) == device, UInt64(status.st_ino) == inode else {
            throw .replaced(path: path)
        }
    }
}
