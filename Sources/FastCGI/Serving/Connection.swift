internal import Counting
internal import CSystem
internal import Glibc
internal import Synchronization
internal import Threading

/// One connection of the web server, which carries one request after the other.
///
/// Unchecked: everything that is not atomic or locked belongs to the owner that ``ConnectionOwnership`` names, whose
/// hand-over orders the accesses.
final class Connection: @unchecked Sendable {
    let token: UInt64

    private let context: ServingContext
    private let descriptor: Int32
    private let ownership = ConnectionOwnership()
    private let peerHasClosed = Atomic<Bool>(false)

    /// When the request that has begun to come must be here, on the monotonic clock; 0 while none has.
    private let deadline = Atomic<Int64>(0)

    /// The handler that is waiting, to be cancelled when the peer goes.
    private let waiting = Locked<Task<Void, Never>?>(nil)
    private let handlerEnd = HandlerEnd()

    private let lent = LentRequest()
    private var refused: RefusedRequest?
    private var hasServed: Bool
    private var isOpen = true
    private var moreHasCome = false

    /// - Parameter hasServed: whether another process has served a request on it.
    init(token: UInt64, descriptor: Int32, hasServed: Bool, context: ServingContext) {
        self.token = token
        self.descriptor = descriptor
        self.hasServed = hasServed
        self.context = context
        // A peer that connects has something to say.
        if !hasServed { startDeadline() }
    }

    // MARK: From any thread

    /// Bytes have come, or the peer has gone.
    func ready(_ buffer: PeekBuffer, peerHasClosed closed: Bool) {
        if closed {
            peerHasClosed.store(true, ordering: .releasing)
            waiting.withLock { $0?.cancel() }
        }
        if ownership.claim() { proceed(buffer) }
    }

    /// Looks whether an idle connection should end: its request is overdue, or the server is stopping or hands over.
    func review(_ buffer: PeekBuffer, now: Int64) {
        let deadline = deadline.load(ordering: .relaxed)
        let isOverdue = deadline != 0 && deadline <= now
        guard isOverdue || context.mode != .serving, ownership.claimIfIdle() else { return }
        guard isOverdue else { return proceed(buffer) }
        context.configuration.counters.overdue.add()
        end()
    }

    // MARK: By the owner

    private enum Step {
        /// Look again at once.
        case again
        /// Nothing to do until more comes.
        case idle
        /// A handler has become the owner.
        case handling
        /// The connection has ended, or left for another process.
        case ended
    }

    /// Does what can be done now, then lets go.
    private func proceed(_ buffer: PeekBuffer) {
        while true {
            switch refused == nil ? step(buffer) : drain(buffer) {
            case .again: continue
            case .idle: if ownership.release() { return }
            case .handling, .ended: return
            }
        }
    }

    /// Goes on after a handler that had waited, on a serving thread.
    func resume(_ buffer: PeekBuffer) {
        switch afterReply() {
        case .again: proceed(buffer)
        case .idle: if !ownership.release() { proceed(buffer) }
        case .handling, .ended: return
        }
    }

    private func step(_ buffer: PeekBuffer) -> Step {
        // Unread bytes go along: nothing has been taken from the socket.
        if context.mode == .handingOver, let departures = context.departures, let end = leave(with: departures) {
            return end
        }
        let look = buffer.peek(descriptor) { (context.gate.judge($0), $0.count) }
        guard case .bytes(let (verdict, count)) = look else {
            if case .end = look { return end() }
            // Before its first request, a connection is given the time of one.
            return context.isStopping && hasServed ? end() : .idle
        }
        switch verdict {
        case .incomplete:
            if peerHasClosed.load(ordering: .acquiring) { return end() }
            startDeadline()
            return .idle
        case .complete(let length, let bodyBytes):
            deadline.store(0, ordering: .relaxed)
            moreHasCome = count > length
            return serve(bodyBytes: bodyBytes)
        case .answered(let length, let reply):
            guard discard(length, buffer), send(reply) else { return end() }
            deadline.store(0, ordering: .relaxed)
            return .again
        case .refused(let refusal, let requestID, let keepsConnection):
            context.configuration.counters.count(refusal)
            refused = RefusedRequest(refusal, requestID: requestID, keepsConnection: keepsConnection)
            startDeadline()
            return .again
        case .violation(let reply):
            context.configuration.counters.violations.add()
            _ = send(reply)
            return end()
        }
    }

    /// Copies the request out and starts the handler, which may be done when this returns.
    private func serve(bodyBytes: Int) -> Step {
        guard case .request(let parameters, let body, let role) = lent.accept(descriptor, bodyBytes: bodyBytes) else {
            isOpen = false
            return end()
        }
        hasServed = true
        let request: Request
        do throws(RequestError) {
            request = try Request(parameters: parameters, body: body, role: role)
        } catch {
            context.configuration.counters.count(.malformed)
            finish(context.configuration.refusalResponse(.malformed))
            return afterReply()
        }
        handlerEnd.reset()
        let task = Task.immediate(executorPreference: context.queue) { [self] in
            finish(await context.handler(request))
            if handlerEnd.arrive() == .second { context.queue.append(.connection(self)) }
        }
        if !handlerEnd.hasArrived { waiting.withLock { $0 = task } }
        if peerHasClosed.load(ordering: .acquiring) { task.cancel() }
        return handlerEnd.arrive() == .second ? afterReply() : .handling
    }

    private func finish(_ response: Response) {
        if moreHasCome || context.isStopping { lent.dropConnection() }
        isOpen = lent.finish(response.serialized())
    }

    private func afterReply() -> Step {
        waiting.withLock { $0 = nil }
        guard isOpen else { return end() }
        return context.mode == .handingOver ? .again : .idle
    }

    /// Reads a refused request to its end, then answers it.
    private func drain(_ buffer: PeekBuffer) -> Step {
        var progress = RefusedRequest.Progress.unfinished
        let look = buffer.take(descriptor) { bytes in
            progress = refused?.take(bytes) ?? .violation
            return bytes.count
        }
        switch look {
        case .end: return end()
        case .nothing: return peerHasClosed.load(ordering: .acquiring) ? end() : .idle
        case .bytes(let count):
            guard let request = refused else { return end() }
            switch progress {
            case .unfinished: return .again
            case .violation: return end()
            case .ended(let length):
                refused = nil
                deadline.store(0, ordering: .relaxed)
                hasServed = true
                let response = context.configuration.refusalResponse(request.refusal)
                let isSent = send(RecordWriter.reply(request.requestID, response.serialized()))
                let isKept = isSent && request.keepsConnection && count == length
                return isKept ? .again : end()
            }
        }
    }

    /// Throws away bytes that have been looked at.
    private func discard(_ length: Int, _ buffer: PeekBuffer) -> Bool {
        var left = length
        while left > 0 {
            guard case .bytes(let count) = buffer.take(descriptor, count: left, { $0.count }) else { return false }
            left -= count
        }
        return true
    }

    /// Sends records of the gate's own, within the write deadline.
    private func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.send(
                    descriptor, bytes.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private func startDeadline() {
        guard deadline.load(ordering: .relaxed) == 0 else { return }
        deadline.store(monotonicNanoseconds() + context.configuration.requestDeadline.nanoseconds, ordering: .relaxed)
    }

    @discardableResult
    private func end() -> Step {
        ownership.end()
        if isOpen { _ = close(descriptor) }
        isOpen = false
        context.connections.remove(token)
        return .ended
    }

    /// Goes to another process as it is; nil where the hand-over has been called off.
    private func leave(with departures: Departures) -> Step? {
        context.events.remove(descriptor)
        guard departures.append(HandOverLink.Passenger(descriptor: descriptor, hasServed: hasServed)) else {
            return context.watch(descriptor, token: token) ? nil : end()
        }
        ownership.end()
        isOpen = false
        context.configuration.counters.handedOver.add()
        context.connections.remove(token)
        return .ended
    }
}
