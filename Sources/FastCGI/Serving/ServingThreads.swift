internal import CSystem
internal import Counting
internal import Glibc
internal import Logging
internal import Synchronization
internal import Threading

/// The threads that wait on one epoll set and do all the work.
final class ServingThreads: Sendable {
    /// The descriptors of the server itself in the epoll set.
    private enum Source: UInt64 {
        case listening, queue, ticker, stop, exit
    }

    /// How often connections are looked over for requests that are overdue, and accepting is tried again.
    private static let tickMilliseconds: Int32 = 250

    private let context: ServingContext
    private let listening: ListeningSocket
    private let ticker: Int32
    private let exit: Int32
    private let stop: Int32
    private let acceptIsPaused = Atomic<Bool>(false)
    private let stopDeadline = Atomic<Int64>(.max)
    /// How many threads let in those who wait, at a stop.
    private let lettingIn = Atomic(0)

    /// The links over which connections still come.
    private let arrivals = Atomic(0)
    /// Whoever waits for the end of a hand-over.
    private let whenHandedOver = Locked<(@Sendable () -> Void)?>(nil)

    /// - Parameter stop: an event descriptor whose becoming readable begins the graceful stop; it stays the caller's.
    init(_ context: ServingContext, listening: ListeningSocket, stop: Int32) throws(FastCGIError) {
        self.context = context
        self.listening = listening
        self.stop = stop
        ticker = try OwnedDescriptor(gatelodge_ticker(Self.tickMilliseconds), call: "timerfd_create").release()
        exit = try OwnedDescriptor(gatelodge_event(), call: "eventfd").release()
        try watch(context.queue.event, GATELODGE_EDGE, .queue)
        try watch(ticker, GATELODGE_EDGE, .ticker)
        try watch(stop, GATELODGE_EDGE, .stop)
        // Level-triggered and never read: every thread sees it.
        try watch(exit, GATELODGE_LEVEL, .exit)
    }

    deinit {
        for descriptor in [ticker, exit] { _ = close(descriptor) }
    }

    /// Serves until the graceful stop is done.
    func run() throws(FastCGIError) {
        var threads: [Thread] = []
        for index in 1...context.configuration.threads {
            threads.append(try Thread(serving: "serving-\(index)") { [self] in serve() })
        }
        for thread in threads { thread.join() }
        // Those that were given up hold the context, which holds them.
        for connection in context.connections.all { context.connections.remove(connection.token) }
    }

    private func watch(_ descriptor: Int32, _ interest: gatelodge_interest, _ source: Source) throws(FastCGIError) {
        guard context.events.add(descriptor, interest, token: source.rawValue) else {
            throw .system(call: "epoll_ctl", path: nil, errno: errno)
        }
    }

    private func serve() {
        let buffer = PeekBuffer()
        while true {
            guard let event = context.events.next() else { continue }
            guard event.token < ConnectionTable.firstToken else {
                context.connections[event.token]?.ready(buffer, peerHasClosed: event.peerHasClosed)
                endIfDone()
                continue
            }
            switch Source(rawValue: event.token) {
            case .listening: accept()
            case .queue: work(buffer)
            case .ticker: tick(buffer)
            case .stop: beginStopping(buffer)
            case .exit, nil: return
            }
        }
    }

    private func work(_ buffer: PeekBuffer) {
        switch context.queue.next() {
        case .job(let job): unsafe job.runSynchronously(on: context.queue.asUnownedTaskExecutor())
        case .connection(let connection):
            connection.resume(buffer)
            endIfDone()
        case .call(let call): call()
        case nil: break
        }
    }

    private func accept() {
        guard context.mode == .serving else { return }
        acceptWaiting()
    }

    /// Accepts all that wait. Out of descriptors it pauses until the next tick, and those that wait go on waiting.
    private func acceptWaiting() {
        while true {
            let descriptor = gatelodge_accept(listening.descriptor)
            guard descriptor >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                // The descriptor is no socket any more where another thread has begun to stop.
                let isPaused = errno != EAGAIN && errno != ENOTSOCK
                if acceptIsPaused.exchange(isPaused, ordering: .relaxed) != isPaused, isPaused {
                    context.logger.warning("accepting is paused: \(describe(errno: errno))")
                }
                return
            }
            admit(descriptor)
        }
    }

    private func admit(_ descriptor: Int32, hasServed: Bool = false) {
        // libfcgi reads and writes without looking at a clock; the gate leaves it nothing to wait for when it reads.
        let configuration = context.configuration
        _ = gatelodge_timeouts(
            descriptor, configuration.requestDeadline.nanoseconds / 1000, configuration.writeDeadline.nanoseconds / 1000
        )
        let connection = context.connections.insert { token in
            Connection(token: token, descriptor: descriptor, hasServed: hasServed, context: context)
        }
        if !context.watch(descriptor, token: connection.token) {
            context.connections.remove(connection.token)
            _ = close(descriptor)
        }
    }

    private func tick(_ buffer: PeekBuffer) {
        var ticks: UInt64 = 0
        _ = unsafe read(ticker, &ticks, MemoryLayout<UInt64>.size)
        let now = monotonicNanoseconds()
        for connection in context.connections.all { connection.review(buffer, now: now) }
        if acceptIsPaused.load(ordering: .relaxed) { accept() }
        if now >= stopDeadline.load(ordering: .relaxed) {
            context.logger.warning("stopping with \(context.connections.count) connections unanswered")
            signalExit()
        }
        endIfDone()
    }

    /// Nobody new is let in but those who wait already; who is idle is let go, who is being served is served.
    private func beginStopping(_ buffer: PeekBuffer) {
        // No other thread ends the server for want of connections while those who wait are let in.
        lettingIn.wrappingAdd(1, ordering: .sequentiallyConsistent)
        defer {
            lettingIn.wrappingSubtract(1, ordering: .sequentiallyConsistent)
            endIfDone()
        }
        let previous = context.beginStopping()
        guard previous != .stopping else { return }
        context.departures?.callOff()
        let now = monotonicNanoseconds()
        stopDeadline.store(now + context.configuration.stopDeadline.nanoseconds, ordering: .relaxed)
        listening.removeName()
        // A server that hands over has left them to the next one.
        if previous == .serving { acceptWaiting() }
        context.events.remove(listening.descriptor)
        listening.stopListening()
        for connection in context.connections.all { connection.review(buffer, now: now) }
    }

    private func endIfDone() {
        switch context.mode {
        case .serving: break
        case .handingOver: endHandOverIfDone()
        case .stopping:
            if context.connections.count == 0, lettingIn.load(ordering: .sequentiallyConsistent) == 0,
                context.departures?.isSettled ?? true
            {
                signalExit()
            }
        }
    }

    private func signalExit() {
        gatelodge_event_set(exit)
    }
}

/// What ``ServerSteering`` asks for, from any thread.
extension ServingThreads {
    /// Watches the listening socket. A hand-over that was under way is called off.
    func beginAccepting() {
        whenHandedOver.withLock { $0 = nil }
        context.departures?.callOff()
        do { try watch(listening.descriptor, GATELODGE_EDGE, .listening) } catch {
            context.logger.error("\(error)")
        }
    }

    /// Takes what comes over a link, on a thread of its own.
    func adopt(from link: HandOverLink) throws(FastCGIError) {
        arrivals.wrappingAdd(1, ordering: .acquiringAndReleasing)
        do throws(FastCGIError) {
            let thread = try Thread(serving: "adopting") { [self] in
                while case .passengers(let passengers) = link.receive() {
                    for passenger in passengers { admit(passenger.descriptor, hasServed: passenger.hasServed) }
                    context.configuration.counters.takenOver.add(passengers.count)
                    link.acknowledge()
                }
                endAdopting(from: link)
            }
            thread.detach()
        } catch {
            endAdopting(from: link)
            throw error
        }
    }

    private func endAdopting(from link: HandOverLink) {
        close(link.descriptor)
        arrivals.wrappingSubtract(1, ordering: .acquiringAndReleasing)
        endIfDone()
    }

    /// Accepts no more and lets go of each connection when nobody is being served on it.
    func beginHandingOver(to descriptor: Int32, whenDone: @escaping @Sendable () -> Void) throws(FastCGIError) {
        let departures = try Departures(
            over: descriptor, whenSettled: { [weak self] in self?.endIfDone() },
            takeBack: { [weak self] in self?.takeBack($1, from: $0) })
        context.events.remove(listening.descriptor)
        whenHandedOver.withLock { $0 = whenDone }
        guard context.beginHandingOver(departures) else { return departures.callOff() }
        let buffer = PeekBuffer()
        let now = monotonicNanoseconds()
        for connection in context.connections.all { connection.review(buffer, now: now) }
        endIfDone()
    }

    /// Serves on what was to leave.
    private func takeBack(_ passengers: [HandOverLink.Passenger], from departures: Departures) {
        context.endHandingOver(departures)
        for passenger in passengers { admit(passenger.descriptor, hasServed: passenger.hasServed) }
    }

    /// Calls a function on a serving thread.
    func ask(_ answer: @escaping @Sendable () -> Void) { context.queue.append(.call(answer)) }

    private func endHandOverIfDone() {
        guard context.connections.count == 0, arrivals.load(ordering: .acquiring) == 0,
            context.departures?.isSettled == true
        else { return }
        whenHandedOver.withLock { $0.take() }?()
    }
}
