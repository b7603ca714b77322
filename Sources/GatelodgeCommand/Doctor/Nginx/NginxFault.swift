/// Why a configuration cannot be read.
package struct NginxFault: Error, Sendable, Hashable {
    /// File and line.
    package let place: String

    /// One sentence without its full stop.
    package let reason: String

    package init(place: String, reason: String) {
        self.place = place
        self.reason = reason
    }
}
