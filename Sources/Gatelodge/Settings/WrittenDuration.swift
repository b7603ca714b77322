/// A duration as settings write it: a whole number and one unit, as in `500ms` or `1h`.
package struct WrittenDuration: Sendable, CustomStringConvertible {
    package let duration: Duration

    /// Longest name first within a common ending: `5ms` must not be read as "5m" and an "s".
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    package init(_ duration: Duration) { self.duration = duration }

    /// Nothing when the text is anything else, or beyond 2⁶³ milliseconds.
    package init?(_ text: String) {
        guard let unit = Self.units.first(where: { text.hasSuffix($0.name) }),
            let number = decimal(text.dropLast(unit.name.count))
        else { return nil }
        let (milliseconds, overflow) = Int64(number).multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow else { return nil }
        duration = .milliseconds(milliseconds)
    }

    /// In the largest unit that leaves a whole number.
    package var description: String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        guard milliseconds != 0, let unit = Self.units.last(where: { milliseconds % $0.milliseconds == 0 }) else {
            return "0s"
        }
        return "\(milliseconds / unit.milliseconds)\(unit.name)"
    }
}
