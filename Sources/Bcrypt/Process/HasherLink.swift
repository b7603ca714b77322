internal import Glibc
internal import Threading

/// The jobs of a ``ProcessEngine``, and the one thread that sends them, hears of them and gives them up.
///
/// Only that thread touches the socket: a descriptor that was closed may be another file's by the time another thread
/// would write a password to it.
final class HasherLink: Sendable {
    private struct State {
        var queue: JobQueue
        var underWay: [UInt64: PendingJob] = [:]
        var nextID: UInt64 = 0
        var isConnected = false
    }

    let meter = HashingMeter()
    private let settings: LaneSettings
    private let connect: ProcessEngine.Connector
    private let state: Monitor<State>
    private let wakeUp = WakeUp()

    init(settings: LaneSettings, connect: @escaping ProcessEngine.Connector) {
        self.settings = settings
        self.connect = connect
        let queue = JobQueue(threads: settings.threads, lanesPerThread: settings.lanesPerThread, meter: meter)
        state = Monitor(State(queue: queue))
    }

    // MARK: From any thread

    func submit(_ pending: PendingJob) {
        if let refusal = state.withLock({ $0.queue.admit(pending) }) {
            pending.finish(.failure(refusal))
        } else {
            wakeUp.set()
        }
    }

    func giveUp(_ pending: PendingJob) {
        pending.cancel()
        if state.withLock({ $0.queue.remove(pending) }) {
            pending.finish(.failure(.cancelled))
        } else {
            wakeUp.set()
        }
    }

    func stop() {
        let waiting = state.withLock { $0.queue.stop() }
        for pending in waiting { pending.finish(.failure(.stopped)) }
        wakeUp.set()
    }

    var activity: HashingActivity {
        state.withLock { HashingActivity($0.queue, meter, isConnected: $0.isConnected) }
    }

    // MARK: On the thread

    /// Works until ``stop()``.
    func run() {
        var socket: PacketSocket?
        var retry = Retry()
        while !state.withLock({ $0.queue.isStopped }) {
            if socket == nil, retry.isDue {
                socket = connect().map(PacketSocket.init)
                retry.tried()
                state.withLock { [isConnected = socket != nil] in $0.isConnected = isConnected }
                if let socket { sendAgain(on: socket) }
            }
            giveUpOverdue(on: socket)
            if let socket { sendNext(on: socket) }
            wait(for: socket, until: socket == nil ? retry.next : nil)
            if let connected = socket, !receive(from: connected) {
                close(connected.descriptor)
                socket = nil
                state.withLock { $0.isConnected = false }
            }
        }
        if let socket { close(socket.descriptor) }
        let rest = state.withLock { Array($0.underWay.values) }
        for pending in rest { pending.finish(.failure(.stopped)) }
    }

    private func sendNext(on socket: PacketSocket) {
        let next = state.withLock { state in
            let room = settings.threads * (settings.lanesPerThread + 1) - state.underWay.count
            return state.queue.take(atMost: room, at: .now).map { pending in
                state.nextID += 1
                state.underWay[state.nextID] = pending
                return (id: state.nextID, job: pending.job)
            }
        }
        for (id, job) in next { send(.compute(id: id, job), on: socket) }
    }

    /// What a process that ended has left undone.
    private func sendAgain(on socket: PacketSocket) {
        let undone = state.withLock { state in state.underWay.sorted { $0.key < $1.key } }
        for (id, pending) in undone { send(.compute(id: id, pending.job), on: socket) }
    }

    private func giveUpOverdue(on socket: PacketSocket?) {
        let now = ContinuousClock.now
        let (waiting, underWay, retryAfter) = state.withLock { state in
            let underWay = state.underWay.filter { $0.value.isCancelled || $0.value.deadline <= now }
            for (id, pending) in underWay {
                state.underWay[id] = nil
                state.queue.left(remaining: pending.job.totalRounds)
            }
            return (state.queue.removeOverdue(at: now), underWay, state.queue.backlog)
        }
        for (id, pending) in underWay {
            if let socket { send(.giveUp(id: id), on: socket) }
            pending.finish(.failure(pending.isCancelled ? .cancelled : .overloaded(retryAfter: retryAfter)))
        }
        for pending in waiting { pending.finish(.failure(.overloaded(retryAfter: retryAfter))) }
    }

    /// Waits for a reply, a new job, the next deadline or the next try.
    private func wait(for socket: PacketSocket?, until retry: ContinuousClock.Instant?) {
        let deadline = state.withLock { state in
            (state.queue.waiting.map(\.deadline) + state.underWay.values.map(\.deadline)).min()
        }
        wakeUp.wait(or: socket?.descriptor, until: [deadline, retry].compactMap(\.self).min())
    }

    /// Takes all replies that are there; false where the other process is gone.
    private func receive(from socket: PacketSocket) -> Bool {
        while true {
            var reply: HasherReply?
            switch socket.receive(waiting: false, { reply = HasherReply($0) }) {
            case .closed: return false
            case .nothing: return true
            case .packet: if let reply { finish(reply) }
            }
        }
    }

    private func finish(_ reply: HasherReply) {
        let pending = state.withLock { state -> PendingJob? in
            let lanes = min(settings.lanesPerThread, (state.underWay.count + settings.threads - 1) / settings.threads)
            guard let pending = state.underWay.removeValue(forKey: reply.id) else { return nil }
            state.queue.completed(pending.job, lanes: lanes, took: reply.busy)
            return pending
        }
        pending?.finish(.success(reply.digest))
    }

    private func send(_ request: HasherRequest, on socket: PacketSocket) {
        // There is room: the socket holds more packets than may be under way.
        request.withPacket { socket.send($0, waiting: false) }
    }
}
