internal import Counting
internal import FastCGI

/// What has become of the web server's connections.
package struct ConnectionReport: Sendable {
    package let open: Int
    package let accepted: Int
    package let handedOver: Int
    package let takenOver: Int
    /// What the gate let nobody see, by the reason.
    package let refusals: [(reason: String, count: Int)]

    init(_ counters: ServingCounters) {
        open = counters.open
        takenOver = counters.takenOver.value
        accepted = max(0, counters.opened.value - takenOver)
        handedOver = counters.handedOver.value
        refusals = [
            ("body_too_large", counters.bodiesTooLarge.value),
            ("parameters_too_large", counters.parametersTooLarge.value),
            ("malformed", counters.malformed.value), ("no_request", counters.violations.value),
            ("overdue", counters.overdue.value),
        ]
    }
}
