internal import CSystem
internal import Glibc

/// The socket on which a hasher listens.
package enum HasherSocket {
    /// The descriptor whose other end a supervisor holds as long as the hasher is to be there.
    package static let lifeline: Int32 = 3

    /// Whether a descriptor is a socket for packets.
    package static func isPossible(on descriptor: Int32) -> Bool { Channel.isPossible(on: descriptor) }

    /// Connects to the hasher at a path, or nil where none can be had now.
    package static func connect(_ path: String) -> Int32? {
        let descriptor = gatelodge_packet_socket()
        guard descriptor >= 0 else { return nil }
        guard unsafe gatelodge_connect(descriptor, path) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
