internal import Dispatch
internal import Glibc

/// Opens the log files again on SIGUSR1, as programs that rotate logs ask for.
final class LogRotation {
    private let source: any DispatchSourceSignal

    /// To be called before libfcgi starts, which takes the signal for a wish to stop unless somebody else has a use for it, and
    /// on the first thread: the others must have it blocked, and so must that one, for the source to find it waiting.
    init() {
        _ = signal(SIGUSR1, SIG_IGN)
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGUSR1)
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        source = DispatchSource.makeSignalSource(signal: SIGUSR1, queue: DispatchQueue(label: "gatelodge.log"))
        source.setEventHandler { InstanceLog.reopen() }
        source.activate()
    }

    deinit { source.cancel() }
}
