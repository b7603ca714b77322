internal import CSystem
internal import Glibc

/// Both ends of a SOCK_SEQPACKET pair, for as long as it takes to hand them to two processes.
struct PacketPair: ~Copyable {
    let first: Int32
    let second: Int32

    /// Nothing where the system has no descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard unsafe gatelodge_packet_pair(&ends) == 0 else { return nil }
        (first, second) = (ends[0], ends[1])
    }

    deinit {
        close(first)
        close(second)
    }
}
