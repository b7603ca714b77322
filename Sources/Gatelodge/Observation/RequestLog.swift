internal import Authentication
internal import FastCGI
internal import HTTPTypes
internal import Logging

/// Writes down requests: none, the slow ones, or all.
struct RequestLog: Sendable {
    private let logger: Logger
    private let requests: Settings.Log.Requests
    private let slowNanoseconds: Int

    init(_ settings: Settings.Log, logger: Logger) {
        self.logger = logger
        requests = settings.requests
        slowNanoseconds = Int(settings.slow / .nanoseconds(1))
    }

    /// One line, where the request deserves it. It has the route's pattern and not the path, in which a client may have put
    /// anything; the query and the body are nowhere.
    func note(_ request: Request, _ route: RouteName, status: Int, nanoseconds: Int) {
        let isSlow = nanoseconds >= slowNanoseconds
        guard requests == .all || (requests == .slow && isSlow) else { return }
        let level = isSlow ? Logger.Level.warning : .info
        guard level >= logger.logLevel else { return }
        let client = request.client
        logger.log(
            level: level, isSlow ? "slow request" : "request",
            metadata: [
                "request_id": "\(client.requestID)", "method": "\(request.method.rawValue)", "route": "\(route.route)",
                "surface": "\(route.surface)", "status": .stringConvertible(status),
                "duration_ms": .stringConvertible(Double(nanoseconds / 1000) / 1000), "address": "\(client.address)",
            ])
    }
}
