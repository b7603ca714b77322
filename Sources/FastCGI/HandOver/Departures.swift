internal import CSystem
internal import Glibc

/// The connections that leave for another process, and the thread that sends them there.
///
/// A connection is closed here when the other process has said that it is there. What cannot be sent stays, for
/// ``callOff()``.
final class Departures: Sendable {
    private struct State {
        var waiting: [HandOverLink.Passenger] = []
        /// Waiting, or sent and not yet acknowledged.
        var unsettled = 0
        var stranded: [HandOverLink.Passenger] = []
        var hasFailed = false
        var hasEnded = false
    }

    private let link: HandOverLink
    private let whenSettled: @Sendable () -> Void
    private let state = Locked(State())
    private let event: Int32

    /// - Parameters:
    ///   - descriptor: the link to the other process; closed at the end.
    ///   - whenSettled: called on the thread each time that nothing waits any more.
    init(over descriptor: Int32, whenSettled: @escaping @Sendable () -> Void) throws(FastCGIError) {
        link = HandOverLink(descriptor: descriptor)
        self.whenSettled = whenSettled
        event = try OwnedDescriptor(gatelodge_event(), call: "eventfd").release()
        _ = try Thread(name: "handing-over") { [self] in run() }
    }

    deinit {
        close(event)
        close(link.descriptor)
    }

    /// Whether every connection that left has arrived.
    var isSettled: Bool { state.withLock { $0.unsettled == 0 && !$0.hasFailed } }

    /// Sends a connection, whose descriptor is closed here once it has arrived. False where nothing is sent any more.
    func append(_ passenger: HandOverLink.Passenger) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.hasEnded else { return false }
            if state.hasFailed {
                state.stranded.append(passenger)
            } else {
                state.waiting.append(passenger)
                state.unsettled += 1
            }
            return true
        }
        if isTaken { gatelodge_event_set(event) }
        return isTaken
    }

    /// Calls the journey off: what has not left, or did not arrive, is given back, and nothing more is sent.
    func callOff() -> [HandOverLink.Passenger] {
        defer { gatelodge_event_set(event) }
        return state.withLock { state in
            state.hasEnded = true
            defer {
                state.unsettled -= state.waiting.count
                state.waiting = []
                state.stranded = []
            }
            return state.stranded + state.waiting
        }
    }

    /// Ends the thread once nothing waits.
    func end() {
        state.withLock { $0.hasEnded = true }
        gatelodge_event_set(event)
    }

    private func run() {
        var wanted = pollfd(fd: event, events: Int16(POLLIN), revents: 0)
        while true {
            let batch = state.withLock { state in
                let batch = state.waiting.prefix(HandOverLink.maximumBatch)
                state.waiting.removeFirst(batch.count)
                return batch
            }
            if batch.isEmpty {
                if state.withLock({ $0.hasEnded && $0.waiting.isEmpty }) { return }
                _ = unsafe poll(&wanted, 1, -1)
                var count: UInt64 = 0
                _ = unsafe read(event, &count, MemoryLayout<UInt64>.size)
            } else {
                settle(batch, haveArrived: link.send(batch))
            }
        }
    }

    private func settle(_ batch: ArraySlice<HandOverLink.Passenger>, haveArrived: Bool) {
        if haveArrived { for passenger in batch { close(passenger.descriptor) } }
        state.withLock { state in
            state.unsettled -= batch.count
            guard !haveArrived else { return }
            state.hasFailed = true
            state.stranded += batch + state.waiting
            state.unsettled -= state.waiting.count
            state.waiting = []
        }
        if isSettled { whenSettled() }
    }
}
