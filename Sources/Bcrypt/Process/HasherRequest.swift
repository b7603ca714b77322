internal import Cryptography

/// What a hasher process is asked, one packet each.
///
/// A byte that says which, the number of the job, and for a job its costs, its salt and its key. A worker may be a newer
/// program than the hasher, for as long as an upgrade takes: what either does not know it passes over.
enum HasherRequest {
    /// Compute a digest.
    case compute(id: UInt64, BcryptJob)
    /// Nobody waits for this one any more.
    case giveUp(id: UInt64)

    /// Longer than any of these.
    private static let maximumBytes = 128

    private static let computeTag: UInt8 = 1
    private static let giveUpTag: UInt8 = 2
    private static let fixedBytes = 1 + 8 + 1 + 1 + 1 + 16

    /// Lends the packet for the length of one call; it holds a password's bytes and is wiped afterwards.
    func withPacket<Result>(_ body: (borrowing Span<UInt8>) -> Result) -> Result {
        var packet: [UInt8] = []
        packet.reserveCapacity(Self.maximumBytes)
        defer { wipe(&packet) }
        switch self {
        case .compute(let id, let job):
            packet.append(Self.computeTag)
            packet.appendInteger(id)
            packet += [UInt8(job.cost), UInt8(job.paddedCost), job.isAltered ? 1 : 0]
            for index in job.salt.indices { packet.append(job.salt[index]) }
            job.key.withSpan { key in for index in key.indices { packet.append(key[index]) } }
        case .giveUp(let id):
            packet.append(Self.giveUpTag)
            packet.appendInteger(id)
        }
        return body(packet.span)
    }

    /// Reads a packet, or nil for what none of ours would send.
    init?(_ packet: borrowing Span<UInt8>) {
        guard packet.count >= 9 else { return nil }
        let id = packet.integer(at: 1)
        switch packet[0] {
        case Self.computeTag:
            let keyBytes = packet.count - Self.fixedBytes
            guard (1...BcryptKey.maximumBytes).contains(keyBytes) else { return nil }
            let (cost, paddedCost) = (Int(packet[9]), Int(packet[10]))
            guard BcryptHash.costs.contains(cost), (cost...BcryptHash.costs.upperBound).contains(paddedCost) else {
                return nil
            }
            var salt = [16 of UInt8](repeating: 0)
            for index in salt.indices { salt[index] = packet[12 + index] }
            let key = SecretBytes(copying: packet.extracting(last: keyBytes))
            self = .compute(
                id: id,
                BcryptJob(cost: cost, paddedCost: paddedCost, salt: salt, key: key, isAltered: packet[11] == 1))
        case Self.giveUpTag where packet.count == 9:
            self = .giveUp(id: id)
        default:
            return nil
        }
    }
}

/// What a hasher process answers: a digest, with the time that its lane was busy for it.
struct HasherReply {
    static let bytes = 8 + 8 + 23

    let id: UInt64
    let busy: Duration
    let digest: [23 of UInt8]

    init(id: UInt64, busy: Duration, digest: [23 of UInt8]) {
        self.id = id
        self.busy = busy
        self.digest = digest
    }

    init?(_ packet: borrowing Span<UInt8>) {
        guard packet.count == Self.bytes else { return nil }
        id = packet.integer(at: 0)
        busy = .nanoseconds(Int64(clamping: packet.integer(at: 8)))
        var digest = [23 of UInt8](repeating: 0)
        for index in digest.indices { digest[index] = packet[16 + index] }
        self.digest = digest
    }

    var packet: [UInt8] {
        var packet: [UInt8] = []
        packet.appendInteger(id)
        packet.appendInteger(UInt64(clamping: Int64(busy / .nanoseconds(1))))
        for index in digest.indices { packet.append(digest[index]) }
        return packet
    }
}

extension [UInt8] {
    fileprivate mutating func appendInteger(_ value: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: value >> UInt64(shift))) }
    }
}

extension Span<UInt8> {
    fileprivate func integer(at offset: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 << 8 | UInt64(self[offset + $1]) }
    }
}
