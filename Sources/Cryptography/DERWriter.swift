/// Writes the little DER that keys are made of (ITU-T X.690 §10).
///
/// It writes from the end to the beginning: what an element holds stands there when its length is wanted, and a secret
/// is never moved from one buffer to another.
struct DERWriter {
    /// Where the contents of an element end.
    struct Mark {
        fileprivate let count: Int
    }

    private var reversed: [UInt8] = []

    private init(capacity: Int) { reversed.reserveCapacity(capacity) }

    /// Lends what `write` has written to `body` and wipes it.
    /// - Parameter capacity: at least as many bytes as are written, or parts of them are left behind in memory.
    static func lend<Result: ~Copyable, Failure>(
        capacity: Int, _ write: (inout DERWriter) -> Void,
        to body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var writer = DERWriter(capacity: capacity)
        write(&writer)
        writer.reversed.reverse()
        defer { wipe(&writer.reversed) }
        return try body(writer.reversed.span)
    }

    /// The end of an element whose contents are written next, the last part first.
    var mark: Mark { Mark(count: reversed.count) }

    /// Puts tag and length before all that was written since `mark`.
    mutating func close(_ tag: UInt8, _ mark: Mark) {
        let length = reversed.count - mark.count
        if length < 0x80 {
            reversed.append(UInt8(length))
        } else {
            var rest = length
            var octets: UInt8 = 0
            while rest > 0 {
                reversed.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
                octets += 1
            }
            reversed.append(0x80 | octets)
        }
        reversed.append(tag)
    }

    /// Bytes as they are.
    mutating func bytes(_ bytes: borrowing Span<UInt8>) {
        for index in bytes.indices.reversed() { reversed.append(bytes[index]) }
    }

    /// Bytes as they are.
    mutating func bytes(_ bytes: [UInt8]) { self.bytes(bytes.span) }

    /// An INTEGER from a big-endian number without sign.
    mutating func integer(_ number: borrowing Span<UInt8>) {
        let mark = mark
        var start = 0
        while start < number.count - 1, number[start] == 0 { start += 1 }
        bytes(number.extracting(start..<number.count))
        if number.isEmpty || number[start] >= 0x80 { reversed.append(0) }
        close(0x02, mark)
    }

    /// An INTEGER from a small number.
    mutating func integer(_ number: UInt8) { integer([number].span) }
}

extension DERWriter {
    static let octetString: UInt8 = 0x04
    static let bitString: UInt8 = 0x03
    static let sequence: UInt8 = 0x30
}
