#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Whole seconds since 1970-01-01T00:00:00Z, without leap seconds: RFC 7519's `NumericDate`.
public struct UnixTime: Sendable, Hashable, Comparable {
    /// May be negative.
    public let seconds: Int64

    /// A point in time.
    public init(_ seconds: Int64) { self.seconds = seconds }

    /// By the system's clock, rounded down.
    public static var now: UnixTime { UnixTime(Int64(time(nil))) }

    /// The earlier time is the smaller one.
    public static func < (left: UnixTime, right: UnixTime) -> Bool { left.seconds < right.seconds }

    /// Later by a duration's whole seconds. Stops at the ends of time instead of trapping, for `exp` may be any integer.
    public static func + (time: UnixTime, duration: Duration) -> UnixTime {
        let (sum, overflowed) = time.seconds.addingReportingOverflow(duration.components.seconds)
        guard overflowed else { return UnixTime(sum) }
        return UnixTime(duration.components.seconds > 0 ? .max : .min)
    }

    /// Earlier by a duration's whole seconds; stops like `+`.
    public static func - (time: UnixTime, duration: Duration) -> UnixTime {
        let (difference, overflowed) = time.seconds.subtractingReportingOverflow(duration.components.seconds)
        guard overflowed else { return UnixTime(difference) }
        return UnixTime(duration.components.seconds > 0 ? .min : .max)
    }
}
