/// Why a file that settings name was not read.
public enum FileFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nothing has this path.
    case absent
    /// The system refused, with this `errno`.
    case refused(Int32)
    /// A folder, a device, a pipe or a socket.
    case notRegular
    /// Larger than anything that makes sense.
    case tooLarge(maximumBytes: Int)
    /// A secret that other users may read or write; the permission bits.
    case exposed(mode: UInt32)
    /// A secret of another user's, who can change it; the user's number.
    case foreign(owner: UInt32)

    /// What follows the path in a sentence.
    public var description: String {
        switch self {
        case .absent: "does not exist"
        case .refused(let code): "cannot be read: \(message(of: code))"
        case .notRegular: "is not a regular file"
        case .tooLarge(let maximum): "is larger than \(maximum) bytes"
        case .exposed(let mode): "has mode 0\(String(mode, radix: 8)): group and others must have no permission (0600)"
        case .foreign(let owner): "belongs to user \(owner), neither root nor the user that we run as"
        }
    }
}
