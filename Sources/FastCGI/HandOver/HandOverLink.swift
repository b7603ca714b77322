internal import CSystem
internal import Glibc

/// A SOCK_SEQPACKET socket between two servers, over which connections go from one to the other.
///
/// A packet holds one byte for each connection, 1 where a request has been served on it and 0 where it is new, and beside
/// them the connections' descriptors. The other end answers each packet with one byte when it has them.
@safe struct HandOverLink: Sendable {
    /// Linux takes at most 253 descriptors in one message (unix(7), SCM_MAX_FD).
    static let maximumBatch = 250

    /// One connection on its way.
    struct Passenger: Sendable {
        let descriptor: Int32
        let hasServed: Bool
    }

    enum Received {
        case passengers([Passenger])
        /// The other end is closed, or does not keep to this.
        case closed
    }

    let descriptor: Int32

    /// Sends a batch and waits until the other end has it, or is closed: until then the connections may be served there.
    func send(_ passengers: ArraySlice<Passenger>) -> Bool {
        let bytes = passengers.map { $0.hasServed ? 1 : 0 as UInt8 }
        let descriptors = passengers.map(\.descriptor)
        guard
            unsafe gatelodge_send(descriptor, bytes, bytes.count, descriptors, Int32(descriptors.count)) == bytes.count
        else { return false }
        wait()
        var answer: UInt8 = 0
        var none: Int32 = 0
        return unsafe gatelodge_receive(descriptor, &answer, 1, nil, &none) == 1
    }

    /// Waits for the next batch; ``acknowledge()`` follows.
    func receive() -> Received {
        wait()
        var bytes = [UInt8](repeating: 0, count: Self.maximumBatch)
        var descriptors = [Int32](repeating: -1, count: Self.maximumBatch)
        var count = Int32(descriptors.count)
        let length = unsafe gatelodge_receive(descriptor, &bytes, bytes.count, &descriptors, &count)
        guard length > 0 else { return .closed }
        let passengers = zip(descriptors.prefix(Int(count)), bytes).map {
            Passenger(descriptor: $0, hasServed: $1 == 1)
        }
        guard passengers.count == length else {
            for passenger in passengers { close(passenger.descriptor) }
            return .closed
        }
        return .passengers(passengers)
    }

    /// Tells the other end that its batch is here.
    func acknowledge() {
        // Where it is gone, so is whoever waits for this.
        _ = unsafe gatelodge_send(descriptor, [1 as UInt8], 1, nil, 0)
    }

    private func wait() {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while unsafe poll(&wanted, 1, -1) < 0, errno == EINTR {}
    }
}
