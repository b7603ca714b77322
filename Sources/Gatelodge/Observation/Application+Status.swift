internal import Authentication
internal import FastCGI
internal import JSON

extension Application {
    /// How this process is. Waits for nothing: neither for hashing nor for the database.
    package func statusReport() -> StatusReport { statusReporter() }

    /// The same for a handler to keep.
    var statusReporter: @Sendable () -> StatusReport {
        { [metrics, authenticator, version] in StatusReport(version: version, metrics, authenticator.activity) }
    }

    /// The surface `status`, which nginx opens to the operator and to what looks after the service.
    mutating func addStatus() {
        let report = statusReporter
        on(.get, "/status", surface: .status) { _ in .json(report().json) }
        on(.get, "/metrics", surface: .status) { _ in
            Response(
                status: .ok,
                body: .init([UInt8](report().prometheus.utf8), contentType: PrometheusText.contentType))
        }
        on(.get, "/livez", surface: .status) { _ in .json(["live": true]) }
        on(.get, "/readyz", surface: .status) { _ in
            let report = report()
            return .json(
                ["ready": .bool(report.isReady), "readiness": report.readiness],
                status: report.isReady ? .ok : .serviceUnavailable,
                headerFields: report.isReady ? [:] : [.retryAfter: "1"])
        }
    }
}
