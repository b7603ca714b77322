internal import CSystem
internal import Glibc

/// The lock beside a socket, `PATH.lock`, held as long as its process lives and naming it.
///
/// The file stays: removing it would let two processes hold locks on two files of one name.
enum SocketLock {
    static func acquire(path: String) throws(FastCGIError) -> OwnedDescriptor {
        let name = path + ".lock"
        let lock = try OwnedDescriptor(
            unsafe gatelodge_open_lock(name), call: "open", path: name)
        guard flock(lock.number, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw .system(call: "flock", path: name, errno: errno) }
            throw .socketInUse(path: path, processID: holder(lock.number))
        }
        let processID = [UInt8]("\(getpid())\n".utf8)
        guard ftruncate(lock.number, 0) == 0,
            unsafe pwrite(lock.number, processID, processID.count, 0) == processID.count
        else { throw .system(call: "write", path: name, errno: errno) }
        return lock
    }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        return Int32(String(decoding: bytes.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
