/// Why a server does not start. Each case carries what an operator needs to mend it.
public enum FastCGIError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The path does not fit a socket address, which holds 107 bytes.
    case socketPathTooLong(path: String, bytes: Int)
    /// Another process serves on this path.
    case socketInUse(path: String, processID: Int32?)
    /// Something that is not a socket stands at the path.
    case notASocket(path: String)
    /// The descriptor is not a listening socket.
    case notListening(descriptor: Int32)
    /// The group does not exist.
    case unknownGroup(name: String)
    /// A system call failed.
    case system(call: String, path: String?, errno: Int32)
    /// The libfcgi that is loaded does not serve a lent descriptor.
    case lendingDoesNotWork(reason: String)

    /// One line for the operator.
    public var description: String {
        switch self {
        case .socketPathTooLong(let path, let bytes):
            "socket path \(path) is \(bytes) bytes long; the system's limit is \(ListeningSocket.maximumPathBytes)"
        case .socketInUse(let path, let processID):
            "socket \(path) is in use" + (processID.map { " by process \($0)" } ?? " by another process")
        case .notASocket(let path): "\(path) is there and is not a socket"
        case .notListening(let descriptor): "descriptor \(descriptor) is not a listening socket"
        case .unknownGroup(let name): "there is no group \(name)"
        case .system(let call, let path, let number):
            "\(call)\(path.map { " \($0)" } ?? ""): \(describe(errno: number))"
        case .lendingDoesNotWork(let reason): "this libfcgi does not serve a lent descriptor: \(reason)"
        }
    }
}
