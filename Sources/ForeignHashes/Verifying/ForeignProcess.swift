internal import Bcrypt
internal import Glibc
internal import Threading

/// A connection of its own to the hashing process, over which one foreign hash after the other is verified.
final class ForeignProcess: Sendable {
    private let connect: @Sendable () -> Int32?
    /// Used by one thread at a time; the lock says so to the compiler.
    private let socket = Locked<PacketSocket?>(nil)

    init(connect: @escaping @Sendable () -> Int32?) {
        self.connect = connect
    }

    deinit {
        if let socket = socket.withLock({ $0 }) { close(socket.descriptor) }
    }

    /// Asks, again where the process ends meanwhile, until there is an answer or the time is over; blocks. A question that is given up
    /// is answered nevertheless, on a connection that is closed, before the next one has its turn.
    func ask(_ question: ForeignQuestion, until end: ContinuousClock.Instant) -> ForeignQuestion.Answer? {
        while .now < end {
            guard let socket = connected() else {
                // One that has ended is being started again.
                usleep(50_000)
                continue
            }
            question.withPacket { socket.send($0) }
            if let answer = reply(on: socket, until: end) { return answer }
            disconnect(socket)
        }
        return nil
    }

    private func connected() -> PacketSocket? {
        socket.withLock { socket in
            if socket == nil { socket = connect().map(PacketSocket.init) }
            return socket
        }
    }

    private func disconnect(_ connected: PacketSocket) {
        socket.withLock { $0 = nil }
        close(connected.descriptor)
    }

    /// nil where the other end is gone, or has said nothing until the end: an older program that does not know the question.
    private func reply(on socket: PacketSocket, until end: ContinuousClock.Instant) -> ForeignQuestion.Answer? {
        var answer: ForeignQuestion.Answer?
        while answer == nil {
            var descriptor = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
            let milliseconds = (end - .now) / .milliseconds(1)
            guard milliseconds > 0 else { return nil }
            _ = unsafe poll(&descriptor, 1, Int32(milliseconds.rounded(.up)))
            let received = socket.receive(waiting: false) { answer = ForeignQuestion.answer($0) }
            if received == .closed { return nil }
        }
        return answer
    }
}
