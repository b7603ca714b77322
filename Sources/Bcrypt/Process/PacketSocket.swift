internal import Cryptography
internal import Glibc

/// One end of a SOCK_SEQPACKET pair, whose packets may hold passwords.
package struct PacketSocket: Sendable {
    /// Longer than any packet; what is longer arrives cut off.
    private static let maximumBytes = 2_048

    package let descriptor: Int32

    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// What came.
    package enum Received: Equatable {
        case packet
        case nothing
        case closed
    }

    /// Takes the next packet and wipes it afterwards.
    package func receive(waiting: Bool, _ body: (borrowing Span<UInt8>) -> Void) -> Received {
        var bytes = [UInt8](repeating: 0, count: Self.maximumBytes)
        defer { wipe(&bytes) }
        while true {
            let count = unsafe recv(descriptor, &bytes, bytes.count, waiting ? 0 : Int32(MSG_DONTWAIT))
            if count > 0 {
                body(bytes.span.extracting(first: count))
                return .packet
            }
            if count < 0, errno == EINTR { continue }
            return count < 0 && errno == EAGAIN ? .nothing : .closed
        }
    }

    /// Sends a packet; where the other end is gone, nobody waits for it.
    package func send(_ packet: borrowing Span<UInt8>, waiting: Bool = true) {
        let flags = Int32(MSG_NOSIGNAL) | (waiting ? 0 : Int32(MSG_DONTWAIT))
        while true {
            let count = unsafe packet.withUnsafeBytes { bytes in
                unsafe Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
            }
            guard count < 0, errno == EINTR else { return }
        }
    }
}
