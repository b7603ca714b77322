internal import Cryptography
internal import Glibc
internal import Threading

/// One connection of a ``HasherService``, whose jobs end with it.
final class HasherConnection: Sendable {
    private let socket: PacketSocket
    private let engine: LaneEngine
    private let otherWork: HasherService.OtherWork?
    private let jobs = Locked<[UInt64: PendingJob]>([:])

    init(descriptor: Int32, engine: LaneEngine, otherWork: HasherService.OtherWork?) {
        socket = PacketSocket(descriptor: descriptor)
        self.engine = engine
        self.otherWork = otherWork
    }

    /// Jobs that are computed hold the connection, so that none answers on a descriptor that is somebody else's by then.
    deinit { close(socket.descriptor) }

    /// Serves until the other end is closed; blocks.
    func run() {
        while socket.receive(waiting: true, { answer($0) }) != .closed {}
        for pending in jobs.withLock({ Array($0.values) }) { engine.giveUp(pending) }
    }

    private func answer(_ packet: borrowing Span<UInt8>) {
        switch HasherRequest(packet) {
        case .compute(let id, let job): compute(job, id: id)
        case .giveUp(let id): if let pending = jobs.withLock({ $0[id] }) { engine.giveUp(pending) }
        case nil: if let reply = otherWork?(packet) { socket.send(reply.span) }
        }
    }

    private func compute(_ job: BcryptJob, id: UInt64) {
        let begin = ContinuousClock.now
        // What is overdue is given up by the asking end.
        let pending = PendingJob(job, limit: .seconds(3600), now: begin)
        pending.whenFinished { [self] outcome in
            _ = jobs.withLock { $0.removeValue(forKey: id) }
            guard case .success(let digest) = outcome else { return }
            let reply = HasherReply(id: id, busy: ContinuousClock.now - begin, digest: digest)
            socket.send(reply.packet.span)
        }
        jobs.withLock { $0[id] = pending }
        engine.submit(pending)
    }
}
