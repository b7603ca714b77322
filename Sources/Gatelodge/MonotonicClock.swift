internal import Glibc

/// The clock that nobody sets.
enum MonotonicClock {
    /// Nanoseconds since some moment before this process began.
    static var nanoseconds: Int {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
