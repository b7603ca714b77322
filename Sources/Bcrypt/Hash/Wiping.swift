internal import Glibc

/// Overwrites secret bytes in place, in a way that the optimiser keeps.
func wipe<let count: Int>(_ bytes: inout [count of UInt8]) {
    var span = bytes.mutableSpan
    unsafe span.withUnsafeMutableBytes { unsafe explicit_bzero($0.baseAddress!, $0.count) }
}
