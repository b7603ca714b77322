internal import Glibc

/// A file that is made under a temporary name beside its own and gets that one only when it is whole and on the disk.
package struct NewFile: ~Copyable {
    /// Where it is now.
    package let temporaryPath: String

    private let path: String
    private let folder: String

    /// Makes an empty one with mode 0600.
    package init(at path: String) throws(StorageError) {
        let file = try DatabaseFile(path: path)
        let temporaryPath = "\(file.path).\(hexadecimal(.random(in: .min ... .max)))"
        try DatabaseFile.makeEmpty(temporaryPath, folder: file.folder)
        self.path = file.path
        folder = file.folder
        self.temporaryPath = temporaryPath
    }

    deinit {
        // Where it has got its name, there is nothing any more.
        unsafe unlink(temporaryPath)
    }

    /// Gives it to the owner of another file, where this process may; else it stays this user's.
    func setOwner(ofFile other: String) throws(StorageError) {
        guard geteuid() == 0, let status = status(other) else { return }
        guard unsafe chown(temporaryPath, status.st_uid, status.st_gid) == 0 else {
            throw .unavailable(reason: "\(path): \(lastError())")
        }
    }

    /// - Parameter replacing: whether it may take the place of another; ``StorageError/exists(path:)`` otherwise.
    package consuming func finish(replacing: Bool) throws(StorageError) {
        try sync(temporaryPath)
        if replacing {
            guard unsafe rename(temporaryPath, path) == 0 else { throw .unavailable(reason: "\(path): \(lastError())") }
        } else if unsafe link(temporaryPath, path) != 0 {
            if errno == EEXIST { throw .exists(path: path) }
            throw .unavailable(reason: "\(path): \(lastError())")
        }
        try sync(folder)
    }

    /// Nobody has the file open through SQLite in this process, so no lock is lost with this descriptor.
    private func sync(_ path: String) throws(StorageError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unavailable(reason: "\(path): \(lastError())") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .unavailable(reason: "\(path): \(lastError())") }
    }
}
