internal import Glibc

/// A pipe to wake one thread that waits for it, and perhaps for another descriptor.
final class WakeUp: Sendable {
    private let reading: Int32
    private let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        unsafe precondition(pipe(&ends) == 0, "the process has no descriptors left")
        for end in ends {
            precondition(fcntl(end, F_SETFL, O_NONBLOCK) == 0 && fcntl(end, F_SETFD, FD_CLOEXEC) == 0)
        }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    func set() {
        var byte: UInt8 = 0
        // A pipe that is full wakes as well.
        _ = unsafe write(writing, &byte, 1)
    }

    /// Waits until it is set, the descriptor is readable, or the time has come.
    func wait(or descriptor: Int32?, until deadline: ContinuousClock.Instant?) {
        var descriptors = [pollfd(fd: reading, events: Int16(POLLIN), revents: 0)]
        if let descriptor { descriptors.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
        var timeout: Int32 = -1
        if let deadline {
            // Rounded up, or the last millisecond would be spent asking.
            let milliseconds = (deadline - .now) / .milliseconds(1)
            timeout = Int32(min(60_000, max(0, milliseconds.rounded(.up))))
        }
        _ = unsafe poll(&descriptors, nfds_t(descriptors.count), timeout)
        var bytes = [UInt8](repeating: 0, count: 256)
        while unsafe read(reading, &bytes, bytes.count) == bytes.count {}
    }
}
