internal import Glibc

/// The system's words for an error number.
func describe(errno number: Int32) -> String {
    unsafe String(cString: strerror(number))
}

/// A descriptor that is closed when its owner lets go of it.
struct OwnedDescriptor: ~Copyable, Sendable {
    let number: Int32

    /// Takes over what a system call returned, or throws its error.
    init(_ result: Int32, call: String, path: String? = nil) throws(FastCGIError) {
        guard result >= 0 else { throw .system(call: call, path: path, errno: errno) }
        number = result
    }

    deinit { _ = close(number) }

    /// Gives the descriptor away.
    consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }
}

/// Nanoseconds on the clock that no one sets.
func monotonicNanoseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

extension Duration {
    /// Whole nanoseconds, at most the 292 years that fit.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || carry ? .max : sum
    }
}
