internal import CSystem
package import FastCGI
internal import Glibc

/// The signals that a supervisor hears, one after the other, instead of being interrupted by them.
package final class SignalQueue {
    /// Becomes readable when a signal has come.
    let descriptor: Int32

    /// To be made on the first thread before there are others, which would let the signals through.
    package init() throws(FastCGIError) {
        let wanted = [SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGCHLD]
        descriptor = unsafe gatelodge_signals(wanted, Int32(wanted.count))
        guard descriptor >= 0, gatelodge_signal_ignore(SIGPIPE) == 0 else {
            throw .system(call: "signalfd", path: nil, errno: errno)
        }
    }

    deinit { close(descriptor) }

    /// The next one, if any waits.
    func next() -> Int32? {
        let signal = gatelodge_next_signal(descriptor)
        return signal >= 0 ? signal : nil
    }
}
