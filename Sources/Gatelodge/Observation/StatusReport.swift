package import Authentication
internal import Bcrypt
internal import Glibc

/// How a process is: a plain value, taken without waiting for anybody, to be written as JSON or for Prometheus.
package struct StatusReport: Sendable {
    package let version: String
    package let processID: Int
    package let startedUnixSeconds: Int64
    package let uptimeSeconds: Int
    package let supervision: SupervisionFacts
    package let routes: [RouteReport]
    package let connections: ConnectionReport
    package let activity: AuthenticationActivity
    package let logins: LoginReport
    package let droppedLogLines: Int

    init(version: String, _ metrics: InstanceMetrics, _ activity: AuthenticationActivity) {
        self.version = version
        self.activity = activity
        processID = Int(getpid())
        startedUnixSeconds = metrics.begin.unixSeconds
        uptimeSeconds = (MonotonicClock.nanoseconds - metrics.beginNanoseconds) / 1_000_000_000
        supervision = metrics.supervision
        routes = metrics.routes
        connections = ConnectionReport(metrics.connections)
        logins = metrics.logins.report()
        droppedLogLines = InstanceLog.droppedLines
    }

    /// Whether requests can be answered: the database answers, and there is somebody to hash.
    package var isReady: Bool { activity.isDatabaseAnswering && activity.hashing.isConnected }
}
