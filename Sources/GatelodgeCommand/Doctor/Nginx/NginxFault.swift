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

extension Finding {
    /// That it cannot be read.
    static func unreadable(_ fault: NginxFault) -> Finding {
        Finding(
            .error, "nginx_unreadable", at: fault.place, "nginx's configuration cannot be read: \(fault.reason).",
            remedy: "Let nginx check it: nginx -t")
    }
}
