internal import Logging
internal import Synchronization

/// What every connection of one server shares.
final class ServingContext: Sendable {
    let configuration: FastCGIServer.Configuration
    let handler: FastCGIServer.Handler
    let gate: Gate
    let queue: ServingQueue
    let connections: ConnectionTable
    let logger: Logger

    private let stopping = Atomic<Bool>(false)

    init(_ configuration: FastCGIServer.Configuration, handler: @escaping FastCGIServer.Handler) throws(FastCGIError) {
        self.configuration = configuration
        self.handler = handler
        gate = Gate(limits: configuration.limits)
        connections = ConnectionTable(counters: configuration.counters)
        queue = try ServingQueue()
        logger = configuration.logger
    }

    /// Whether connections end as soon as they are idle.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    /// - Returns: whether this was the first call.
    func beginStopping() -> Bool {
        !stopping.exchange(true, ordering: .acquiringAndReleasing)
    }
}
