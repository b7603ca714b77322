internal import Glibc

/// A moment as log lines name it.
struct LogTime: Sendable {
    let unixSeconds: Int64
    let milliseconds: Int

    /// By the system's clock.
    static var now: LogTime {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return LogTime(unixSeconds: Int64(time.tv_sec), milliseconds: Int(time.tv_nsec) / 1_000_000)
    }

    /// RFC 3339 §5.6 in UTC, as in `2026-01-02T03:04:05.678Z`.
    func append(to bytes: inout [UInt8]) {
        var seconds = time_t(unixSeconds)
        var parts = unsafe tm()
        _ = unsafe gmtime_r(&seconds, &parts)
        func append(_ number: Int, digits: Int, _ end: Unicode.Scalar) {
            var divisor = 1
            for _ in 1..<digits { divisor *= 10 }
            while divisor > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
                divisor /= 10
            }
            bytes.append(UInt8(ascii: end))
        }
        let fields = unsafe [
            parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
        ]
        append(Int(fields[0]), digits: 4, "-")
        append(Int(fields[1]), digits: 2, "-")
        append(Int(fields[2]), digits: 2, "T")
        append(Int(fields[3]), digits: 2, ":")
        append(Int(fields[4]), digits: 2, ":")
        append(Int(fields[5]), digits: 2, ".")
        append(milliseconds, digits: 3, "Z")
    }
}
