internal import CSystem
internal import Glibc
internal import Logging
internal import Synchronization
internal import Threading

/// What every connection of one server shares.
final class ServingContext: Sendable {
    let configuration: FastCGIServer.Configuration
    let handler: FastCGIServer.Handler
    let gate: Gate
    let queue: ServingQueue
    let events: EventSet
    let connections: ConnectionTable
    let logger: Logger

    private let currentMode = Atomic(ServingMode.serving)
    private let currentDepartures = Locked<Departures?>(nil)

    init(_ configuration: FastCGIServer.Configuration, handler: @escaping FastCGIServer.Handler) throws(FastCGIError) {
        self.configuration = configuration
        self.handler = handler
        gate = Gate(limits: configuration.limits)
        connections = ConnectionTable(counters: configuration.counters)
        queue = try ServingQueue()
        events = try EventSet()
        logger = configuration.logger
    }

    /// Waits for what comes on a connection.
    func watch(_ descriptor: Int32, token: UInt64) -> Bool {
        let isWatched = events.add(descriptor, GATELODGE_CONNECTION, token: token)
        if !isWatched { logger.error("epoll_ctl: \(describe(errno: errno))") }
        return isWatched
    }

    var mode: ServingMode { currentMode.load(ordering: .acquiring) }

    /// Whether connections end as soon as they are idle.
    var isStopping: Bool { mode == .stopping }

    /// - Returns: the mode of before.
    func beginStopping() -> ServingMode {
        currentMode.exchange(.stopping, ordering: .sequentiallyConsistent)
    }

    /// Where connections leave to while the mode is `handingOver`; where some may still be under way to when it is `stopping`.
    var departures: Departures? { currentDepartures.withLock { $0 } }

    /// From here on connections leave as soon as they are idle. False where the server hands over or stops already.
    func beginHandingOver(_ departures: Departures) -> Bool {
        currentDepartures.withLock { current in
            guard
                currentMode.compareExchange(
                    expected: .serving, desired: .handingOver, ordering: .acquiringAndReleasing
                ).exchanged
            else { return false }
            current = departures
            return true
        }
    }

    /// Connections stay again, unless the server stops or a later hand-over has begun.
    func endHandingOver(_ departures: Departures) {
        currentDepartures.withLock { current in
            guard current === departures,
                currentMode.compareExchange(
                    expected: .handingOver, desired: .serving, ordering: .acquiringAndReleasing
                ).exchanged
            else { return }
            current = nil
        }
    }
}
