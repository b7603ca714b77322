internal import CSystem
internal import Glibc

/// A listening socket that does not block, and what it leaves behind when it ends.
final class ListeningSocket: Sendable {
    /// What `sun_path` holds beside its NUL.
    static let maximumPathBytes = 107

    /// How many connections may wait to be accepted; the system's own limit may be lower.
    private static let backlog: Int32 = 4096

    let descriptor: Int32

    /// The path of a socket of our own, with the file that it was when we made it, and the lock that guards both.
    private let own: (path: String, device: UInt, inode: UInt, lock: Int32)?

    init(_ listening: Listening) throws(FastCGIError) {
        switch listening {
        case .inherited(let descriptor):
            try Self.checkListening(descriptor)
            self.descriptor = descriptor
            own = nil
        case .unix(let path, let mode, let group):
            guard path.utf8.count <= Self.maximumPathBytes else {
                throw .socketPathTooLong(path: path, bytes: path.utf8.count)
            }
            let lock = try SocketLock.acquire(path: path)
            let socket = try Self.make(path: path, mode: mode, group: group)
            let status = try Self.status(of: path)
            own = (path, UInt(status.st_dev), UInt(status.st_ino), lock.release())
            descriptor = socket.release()
        }
    }

    deinit { end() }

    /// Takes our own socket's name away, if it is still ours, so that nobody connects who will not be served.
    func removeName() {
        guard let own, let status = try? Self.status(of: own.path) else { return }
        if UInt(status.st_dev) == own.device, UInt(status.st_ino) == own.inode { _ = unsafe unlink(own.path) }
    }

    private func end() {
        guard let own else { return }
        removeName()
        _ = close(descriptor)
        _ = close(own.lock)
    }

    private static func checkListening(_ descriptor: Int32) throws(FastCGIError) {
        var listens: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        let result = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length)
        guard result == 0, listens == 1 else { throw .notListening(descriptor: descriptor) }
        guard gatelodge_nonblocking(descriptor) == 0, gatelodge_close_on_exec(descriptor) == 0 else {
            throw .system(call: "fcntl", path: nil, errno: errno)
        }
    }

    /// Makes the socket under a temporary name, gives it mode and group, and only then puts it into place: nobody can
    /// connect to a socket that is not ready or too open.
    private static func make(path: String, mode: UInt32, group: String?) throws(FastCGIError) -> OwnedDescriptor {
        try checkStale(path)
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        let temporary = "\(folder).\(getpid())"
        guard temporary.utf8.count <= maximumPathBytes else {
            throw .socketPathTooLong(path: temporary, bytes: temporary.utf8.count)
        }
        let socket = try OwnedDescriptor(gatelodge_socket(), call: "socket")
        _ = unsafe unlink(temporary)
        guard unsafe gatelodge_bind(socket.number, temporary) == 0 else {
            throw .system(call: "bind", path: path, errno: errno)
        }
        var isInPlace = false
        defer { if !isInPlace { _ = unsafe unlink(temporary) } }
        if let group {
            guard let entry = unsafe getgrnam(group) else { throw .unknownGroup(name: group) }
            guard unsafe chown(temporary, uid_t.max, entry.pointee.gr_gid) == 0 else {
                throw .system(call: "chown", path: path, errno: errno)
            }
        }
        guard unsafe chmod(temporary, mode) == 0 else { throw .system(call: "chmod", path: path, errno: errno) }
        guard listen(socket.number, backlog) == 0, gatelodge_nonblocking(socket.number) == 0 else {
            throw .system(call: "listen", path: path, errno: errno)
        }
        guard unsafe rename(temporary, path) == 0 else { throw .system(call: "rename", path: path, errno: errno) }
        isInPlace = true
        return socket
    }

    /// Whatever stands at the path must be a socket that nobody answers on.
    private static func checkStale(_ path: String) throws(FastCGIError) {
        guard let status = try? status(of: path) else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        let probe = try OwnedDescriptor(gatelodge_socket(), call: "socket")
        guard unsafe gatelodge_connect(probe.number, path) != 0, errno == ECONNREFUSED || errno == ENOENT else {
            throw .socketInUse(path: path, processID: nil)
        }
    }

    private static func status(of path: String) throws(FastCGIError) -> stat {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { throw .system(call: "stat", path: path, errno: errno) }
        return status
    }
}
