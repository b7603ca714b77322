/// Reads base64 with padding (RFC 4648 §4) letter by letter, and keeps what it reads in one place of memory.
struct Base64Decoder {
    private var bytes: [UInt8] = []
    private var pending: UInt32 = 0
    private var letters = 0
    private var padding = 0

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// `false` for a letter that is none, or stands where none may.
    mutating func append(_ letter: UInt8) -> Bool {
        letters += 1
        if letter == UInt8(ascii: "=") {
            padding += 1
            return padding <= 2
        }
        guard padding == 0, let value = Self.value(of: letter) else { return false }
        pending = pending << 6 | UInt32(value)
        if letters % 4 == 0 {
            for shift in [16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: pending >> shift)) }
            pending = 0
        }
        return true
    }

    /// All bytes; `nil` where a group is not whole, or unused bits are not zero.
    mutating func finish() -> [UInt8]? {
        let unused: UInt32 = padding == 0 ? 0 : padding == 1 ? 0x03 : 0x0F
        guard letters % 4 == 0, pending & unused == 0 else {
            discard()
            return nil
        }
        if padding == 1 { bytes.append(UInt8(truncatingIfNeeded: pending >> 10)) }
        if padding > 0 { bytes.append(UInt8(truncatingIfNeeded: pending >> (padding == 1 ? 2 : 4))) }
        defer { bytes = [] }
        return bytes
    }

    /// Wipes what was read.
    mutating func discard() { wipe(&bytes) }

    private static func value(of letter: UInt8) -> UInt8? {
        switch letter {
        case 0x41...0x5A: letter - 0x41
        case 0x61...0x7A: letter - 0x61 + 26
        case 0x30...0x39: letter - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
