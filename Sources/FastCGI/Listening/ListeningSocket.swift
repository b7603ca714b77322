internal import CSystem
internal import Glibc

/// A listening socket that does not block, and what it leaves behind when it ends.
package final class ListeningSocket: Sendable {
    /// What `sun_path` holds beside its NUL.
    package static let maximumPathBytes = 107

    /// How many connections may wait to be accepted; the system's own limit may be lower.
    private static let backlog: Int32 = 4096

    /// How often a socket that answers is tried again, every 20 ms.
    private static let patience = 50

    /// Packets are for the owner alone.
    private static let packetMode: UInt32 = 0o600

    /// A socket of our own: its path, the file that it was when we made it, and the lock that guards both.
    package struct Name: Sendable {
        package let path: String
        package let device: UInt64
        package let inode: UInt64
        package let lock: Int32

        package init(path: String, device: UInt64, inode: UInt64, lock: Int32) {
            self.path = path
            self.device = device
            self.inode = inode
            self.lock = lock
        }
    }

    package let descriptor: Int32

    /// Nothing for a socket that was inherited.
    package let name: Name?

    /// Makes a socket, or takes the one that was inherited.
    package init(_ listening: Listening) throws(FastCGIError) {
        switch listening {
        case .inherited(let descriptor):
            try Self.checkListening(descriptor)
            self.descriptor = descriptor
            name = nil
        case .unix(let path, let mode, let group):
            (descriptor, name) = try Self.make(.stream, path: path, mode: mode, group: group)
        }
    }

    /// Makes a socket for packets (SOCK_SEQPACKET), which its owner alone may open.
    package init(packetsAt path: String) throws(FastCGIError) {
        (descriptor, name) = try Self.make(.packet, path: path, mode: Self.packetMode, group: nil)
    }

    /// Goes on with a socket that the program before this one in this process has made.
    package init(descriptor: Int32, name: Name?) {
        self.descriptor = descriptor
        self.name = name
    }

    /// A new socket under the name of this one, whose file somebody has removed; the lock stays held.
    package func remade(mode: UInt32, group: String?) throws(FastCGIError) -> ListeningSocket {
        try remade(.stream, mode: mode, group: group)
    }

    /// The same for a socket for packets.
    package func remadeForPackets() throws(FastCGIError) -> ListeningSocket {
        try remade(.packet, mode: Self.packetMode, group: nil)
    }

    private func remade(_ kind: Kind, mode: UInt32, group: String?) throws(FastCGIError) -> ListeningSocket {
        guard let name else { throw .notListening(descriptor: descriptor) }
        let lock = try OwnedDescriptor(fcntl(name.lock, F_DUPFD_CLOEXEC, 0), call: "fcntl")
        // Whoever makes it anew is needed elsewhere meanwhile, and tries again.
        let socket = try Self.bind(kind, path: name.path, mode: mode, group: group, patience: 1)
        let newName = try Self.name(name.path, lock: lock.release())
        return ListeningSocket(descriptor: socket.release(), name: newName)
    }

    deinit {
        guard let name else { return }
        removeName()
        _ = close(descriptor)
        _ = close(name.lock)
    }

    /// Whether the file at our own socket's path is still the socket; an inherited one is the business of whoever made it.
    package var isInPlace: Bool {
        guard let name else { return true }
        guard let status = try? Self.status(of: name.path) else { return false }  // whatever is there, it is not ours
        return UInt64(status.st_dev) == name.device && UInt64(status.st_ino) == name.inode
    }

    /// Takes our own socket's name away, if it is still ours, so that nobody connects who will not be served.
    package func removeName() {
        if let name, isInPlace { _ = unsafe unlink(name.path) }
    }

    /// What is sent over a socket.
    private enum Kind {
        case stream, packet

        func socket() throws(FastCGIError) -> OwnedDescriptor {
            try OwnedDescriptor(self == .stream ? gatelodge_socket() : gatelodge_packet_socket(), call: "socket")
        }
    }

    private static func make(
        _ kind: Kind, path: String, mode: UInt32, group: String?
    ) throws(FastCGIError) -> (descriptor: Int32, name: Name) {
        guard path.utf8.count <= maximumPathBytes else {
            throw .socketPathTooLong(path: path, bytes: path.utf8.count)
        }
        let lock = try SocketLock.acquire(path: path)
        let socket = try bind(kind, path: path, mode: mode, group: group, patience: patience)
        let name = try name(path, lock: lock.release())
        return (socket.release(), name)
    }

    /// Lets go of the socket, so that the system refuses whoever connects unless another process holds it as well. Something
    /// that is no socket takes the descriptor's place, and no file that is opened later does.
    func stopListening() {
        let nothing = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard nothing >= 0 else { return }
        _ = dup2(nothing, descriptor)
        _ = gatelodge_close_on_exec(descriptor)
        _ = close(nothing)
    }

    private static func name(_ path: String, lock: Int32) throws(FastCGIError) -> Name {
        let status = try status(of: path)
        return Name(path: path, device: UInt64(status.st_dev), inode: UInt64(status.st_ino), lock: lock)
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
    private static func bind(
        _ kind: Kind, path: String, mode: UInt32, group: String?, patience: Int
    ) throws(FastCGIError) -> OwnedDescriptor {
        try checkStale(kind, path, patience: patience)
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        let temporary = "\(folder).\(getpid())"
        guard temporary.utf8.count <= maximumPathBytes else {
            throw .socketPathTooLong(path: temporary, bytes: temporary.utf8.count)
        }
        let socket = try kind.socket()
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
    private static func checkStale(_ kind: Kind, _ path: String, patience: Int) throws(FastCGIError) {
        guard let status = try? status(of: path) else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        // We hold the lock. Whoever still listens may be a worker whose supervisor was killed, and about to end.
        for _ in 1...patience {
            let probe = try kind.socket()
            if unsafe gatelodge_connect(probe.number, path) != 0, errno == ECONNREFUSED || errno == ENOENT { return }
            usleep(20_000)
        }
        throw .socketInUse(path: path, processID: nil)
    }

    private static func status(of path: String) throws(FastCGIError) -> stat {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { throw .system(call: "stat", path: path, errno: errno) }
        return status
    }
}
