internal import ArgumentParser
internal import Glibc

/// Writes one line for the operator to standard error.
func complain(_ reason: some StringProtocol) {
    for line in reason.split(separator: "\n", omittingEmptySubsequences: false) {
        writeAll("gatelodge: \(line)\n", to: STDERR_FILENO)
    }
}

/// Ends the process with the reason.
func fail(_ reason: String) -> Never {
    complain(reason)
    exit(1)
}

/// Ends a command with the reason and an exit status; see the manual for the statuses.
func failure(_ reason: String, status: Int32 = 1) -> ExitCode {
    complain(reason)
    return ExitCode(status)
}

/// Writes text to a descriptor; where nobody reads any more there is nobody to tell.
func writeAll(_ text: String, to descriptor: Int32) {
    var rest = [UInt8](text.utf8)[...]
    while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
    }
}
