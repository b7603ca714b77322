internal import Glibc

/// One connection to a socket, on which a test writes any bytes it likes.
public final class RawClient: Sendable {
    /// A call on the socket failed, or its time ran out.
    public struct Failure: Error, Equatable {
        /// The call.
        public let call: String
        /// Its error number.
        public let errno: Int32

        /// A failure to compare with.
        public init(call: String, errno: Int32) {
            self.call = call
            self.errno = errno
        }
    }

    private let descriptor: Int32

    /// Connects to a unix socket; each read waits at most `seconds`.
    public convenience init(path: String, seconds: Int = 60) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8.prefix(107)) }
        try self.init(AF_UNIX, address, seconds: seconds)
    }

    /// Connects to a port of this machine.
    public convenience init(port: UInt16, seconds: Int = 60) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        try self.init(AF_INET, address, seconds: seconds)
    }

    private init<Address: BitwiseCopyable>(_ family: Int32, _ address: Address, seconds: Int) throws {
        descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        let result = unsafe withUnsafeBytes(of: address) { bytes in
            unsafe connect(
                descriptor, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        guard result == 0 else { throw Failure(call: "connect", errno: errno) }
    }

    deinit { _ = close(descriptor) }

    /// Writes all bytes.
    public func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.send(descriptor, bytes.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(call: "send", errno: errno) }
            sent += count
        }
    }

    /// Says that nothing more comes.
    public func endSending() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// The next bytes, none at the end.
    public func receive(_ maximum: Int = 65536) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: maximum)
        let count = unsafe recv(descriptor, &bytes, maximum, 0)
        if count < 0, errno == ECONNRESET { return [] }
        guard count >= 0 else { throw Failure(call: "recv", errno: errno) }
        return [UInt8](bytes.prefix(count))
    }

    /// Everything until the other side closes.
    public func receiveToEnd() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let bytes = try receive()
            if bytes.isEmpty { return all }
            all += bytes
        }
    }

    /// The standard output and the protocol status of the next request that ends, or nil where the connection ends first.
    public func receiveReply() throws -> (output: String, status: UInt8)? {
        var output: [UInt8] = []
        while let header = try receive(exactly: 8) {
            let length = Int(header[4]) << 8 | Int(header[5])
            guard let content = try receive(exactly: length + Int(header[6])) else { return nil }
            if header[1] == 6 { output += content.prefix(length) }
            if header[1] == 3 { return (String(decoding: output, as: UTF8.self), content[4]) }
        }
        return nil
    }

    private func receive(exactly count: Int) throws -> [UInt8]? {
        var all: [UInt8] = []
        while all.count < count {
            let bytes = try receive(count - all.count)
            if bytes.isEmpty { return nil }
            all += bytes
        }
        return all
    }
}
