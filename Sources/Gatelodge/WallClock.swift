internal import Glibc

/// The time of day.
enum WallClock {
    /// Seconds since 1970 in UTC.
    static var unixSeconds: Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }
}
