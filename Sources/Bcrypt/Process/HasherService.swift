internal import Glibc
internal import Threading

/// The work of a hasher process: answers the packets of its connections from lanes that they share.
///
/// It decides nothing. Who is let in, in which order, and who has waited too long is known where the requests come from.
package final class HasherService: Sendable {
    /// More than the servers that could share one hasher; each connection costs a thread.
    private static let maximumConnections = 64

    /// Answers a packet that is no bcrypt's, or gives nil; blocks its connection meanwhile.
    package typealias OtherWork = @Sendable (_ packet: borrowing Span<UInt8>) -> [UInt8]?

    private let engine: LaneEngine
    private let otherWork: OtherWork?
    private let open = Monitor(0)

    /// - Parameter otherWork: what else than bcrypt the process does.
    package init(threads: Int, otherWork: OtherWork? = nil) {
        engine = LaneEngine(LaneSettings(threads: threads))
        self.otherWork = otherWork
    }

    deinit { engine.stop() }

    /// Serves one connection until its other end is closed; blocks.
    ///
    /// - Parameter descriptor: a SOCK_SEQPACKET socket, which is closed at the end.
    package func serve(_ descriptor: Int32) {
        HasherConnection(descriptor: descriptor, engine: engine, otherWork: otherWork).run()
    }

    /// Serves everyone who connects, until one of `ends` is readable or closed; then waits for those that are connected.
    ///
    /// - Parameter listening: a SOCK_SEQPACKET socket that listens.
    package func serve(listening: Int32, until ends: [Int32]) {
        var descriptors = ([listening] + ends).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while true {
            guard unsafe poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { continue }
            if descriptors.dropFirst().contains(where: { $0.revents != 0 }) { break }
            // Another process may listen as well and have been quicker: the socket does not block.
            let descriptor = accept(listening, nil, nil)
            if descriptor >= 0 {
                start(descriptor)
            } else if errno != EAGAIN {
                // Out of descriptors: who waits at the socket keeps it readable.
                usleep(100_000)
            }
        }
        open.waitUntil { $0 == 0 ? () : nil }
    }

    private func start(_ descriptor: Int32) {
        let isAdmitted = open.withLock { open in
            guard open < Self.maximumConnections else { return false }
            open += 1
            return true
        }
        guard isAdmitted else {
            close(descriptor)
            return
        }
        Thread.start(name: "hasher-link") { [self] in
            serve(descriptor)
            open.withLock { $0 -= 1 }
            open.signal()
        }
    }
}
