internal import Glibc

extension Client {
    /// What an address counts as: itself, or the /64 of IPv6, which one customer has all of. `nil` where none is known, as
    /// behind a unix socket.
    var network: [UInt8]? {
        var four = [UInt8](repeating: 0, count: 4)
        if unsafe inet_pton(AF_INET, address, &four) == 1 { return four }
        var six = [UInt8](repeating: 0, count: 16)
        guard unsafe inet_pton(AF_INET6, address, &six) == 1 else { return nil }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return Array(six.starts(with: mapped) ? six.suffix(4) : six.prefix(8))
    }
}
