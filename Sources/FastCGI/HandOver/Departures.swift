internal import CSystem
internal import Glibc
internal import Threading

/// The connections that leave for another process, and the thread that sends them there.
///
/// A connection is closed here when the other process has said that it is there. Until then nobody else may touch it; what
/// is known not to have arrived is given back.
final class Departures: Sendable {
    private struct State {
        var waiting: [HandOverLink.Passenger] = []
        /// Waiting, or sent and not yet acknowledged.
        var unsettled = 0
        var hasEnded = false
    }

    private let link: HandOverLink
    private let whenSettled: @Sendable () -> Void
    private let takeBack: @Sendable (Departures, [HandOverLink.Passenger]) -> Void
    private let state = Locked(State())
    private let event: Int32

    /// - Parameters:
    ///   - descriptor: the link to the other process; closed at the end.
    ///   - whenSettled: called from some thread each time that nothing waits any more.
    ///   - takeBack: called from some thread with those that stay after all.
    init(
        over descriptor: Int32, whenSettled: @escaping @Sendable () -> Void,
        takeBack: @escaping @Sendable (Departures, [HandOverLink.Passenger]) -> Void
    ) throws(FastCGIError) {
        link = HandOverLink(descriptor: descriptor)
        self.whenSettled = whenSettled
        self.takeBack = takeBack
        event = try OwnedDescriptor(gatelodge_event(), call: "eventfd").release()
        try Thread(serving: "handing-over") { [self] in run() }.detach()
    }

    deinit {
        close(event)
        close(link.descriptor)
    }

    /// Whether every connection that left has arrived, or was given back.
    var isSettled: Bool { state.withLock { $0.unsettled == 0 } }

    /// Sends a connection, whose descriptor is closed here once it has arrived. False where nothing is sent any more.
    func append(_ passenger: HandOverLink.Passenger) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.hasEnded else { return false }
            state.waiting.append(passenger)
            state.unsettled += 1
            return true
        }
        if isTaken { gatelodge_event_set(event) }
        return isTaken
    }

    /// Calls the journey off: what waits is given back at once, and what is under way when it is known not to have arrived.
    func callOff() { giveBack([]) }

    private func run() {
        var wanted = pollfd(fd: event, events: Int16(POLLIN), revents: 0)
        while true {
            let batch = state.withLock { state in
                let batch = state.waiting.prefix(HandOverLink.maximumBatch)
                state.waiting.removeFirst(batch.count)
                return batch
            }
            if batch.isEmpty {
                if state.withLock({ $0.hasEnded }) { return }
                _ = unsafe poll(&wanted, 1, -1)
                var count: UInt64 = 0
                _ = unsafe read(event, &count, MemoryLayout<UInt64>.size)
            } else {
                send(batch)
            }
        }
    }

    private func send(_ batch: ArraySlice<HandOverLink.Passenger>) {
        guard link.send(batch) else { return giveBack(batch) }
        for passenger in batch { close(passenger.descriptor) }
        settle(batch.count)
    }

    private func giveBack(_ lost: ArraySlice<HandOverLink.Passenger>) {
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.waiting = [] }
            return state.waiting
        }
        gatelodge_event_set(event)
        takeBack(self, lost + waiting)
        settle(lost.count + waiting.count)
    }

    private func settle(_ count: Int) {
        state.withLock { $0.unsettled -= count }
        if isSettled { whenSettled() }
    }
}
