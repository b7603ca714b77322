internal import Glibc

/// Holds the lock beside the socket, so that no instance starts on the database meanwhile.
struct SocketHold: ~Copyable {
    private let descriptor: Int32?

    /// - Throws: where an instance holds it.
    init(of socketPath: String) throws {
        let path = socketPath + ".lock"
        // Only where there is one: a file that we made would be ours, perhaps root's.
        let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT || errno == ENOTDIR else {
                throw failure("\(path): \(unsafe String(cString: strerror(errno)))")
            }
            self.descriptor = nil
            return
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw failure("an instance serves on \(socketPath): stop it first")
        }
        self.descriptor = descriptor
    }

    /// Whether an instance holds it; `nil` where none ever did, as where another program starts workers.
    static func isHeld(of socketPath: String) -> Bool? {
        let descriptor = unsafe open(socketPath + ".lock", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0
    }

    /// Lets instances start again.
    consuming func release() {}

    deinit {
        if let descriptor { close(descriptor) }
    }
}
