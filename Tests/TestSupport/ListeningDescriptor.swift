internal import Glibc

/// A listening unix socket as another program would hand it over.
public enum ListeningDescriptor {
    /// Binds and listens; the caller closes. The path must be free.
    public static func make(path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8.prefix(107)) }
        let result = unsafe withUnsafeBytes(of: &address) { bytes in
            unsafe bind(descriptor, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        guard result == 0, listen(descriptor, 5) == 0 else { throw RawClient.Failure(call: "bind", errno: errno) }
        return descriptor
    }
}
