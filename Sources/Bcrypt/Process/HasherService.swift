internal import Cryptography
internal import Synchronization

/// The work of a hasher process: answers the packets of one socket from lanes of its own, until the other end closes.
///
/// It decides nothing. Who is let in, in which order, and who has waited too long is known where the requests come from.
package final class HasherService: Sendable {
    private let socket: PacketSocket
    private let engine: LaneEngine
    private let jobs = Mutex<[UInt64: PendingJob]>([:])

    /// - Parameter descriptor: one end of a SOCK_SEQPACKET pair; it stays the caller's.
    package init(descriptor: Int32, threads: Int) {
        socket = PacketSocket(descriptor: descriptor)
        engine = LaneEngine(LaneSettings(threads: threads))
    }

    /// Serves until the other end is closed; blocks.
    package func run() {
        while socket.receive(waiting: true, { answer($0) }) != .closed {}
        engine.stop()
    }

    private func answer(_ packet: borrowing Span<UInt8>) {
        switch HasherRequest(packet) {
        case .compute(let id, let job): compute(job, id: id)
        case .giveUp(let id): if let pending = jobs.withLock({ $0[id] }) { engine.giveUp(pending) }
        case nil: break
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
