internal import Glibc
public import Logging

extension FastCGIServer {
    /// How a server serves. The defaults suit a site behind nginx on one machine.
    public struct Configuration: Sendable {
        /// The number of serving threads, at least 1. By default two for each core.
        public var threads: Int
        /// How large a request may be.
        public var limits = RequestLimits()
        /// The time in which a request must come whole, counted from its first byte.
        public var requestDeadline: Duration = .seconds(5)
        /// The time in which the web server must take what is written to it.
        public var writeDeadline: Duration = .seconds(5)
        /// The longest time that a graceful stop waits for handlers.
        public var stopDeadline: Duration = .seconds(30)
        /// Where the server says what an operator should know.
        public var logger = Logger(label: "fastcgi")
        /// The reply to a request that no handler sees.
        public var refusalResponse: @Sendable (Refusal) -> Response = { $0.response }
        /// Called once when connections are being accepted.
        public var whenReady: @Sendable () -> Void = {}
        /// What the server counts.
        package var counters = ServingCounters()

        /// The defaults.
        public init() {
            threads = 2 * max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        }
    }
}
