internal import Cryptography

/// What the lines of a list are.
enum PasswordListForm: Sendable, Equatable {
    /// Passwords, one a line.
    case text
    /// Digests in hexadecimal digits of either case, perhaps with `:` and a count behind.
    case digests(bytes: Int)

    /// As the first line shows it.
    init(ofFirstLine line: borrowing Span<UInt8>) {
        let form = [20, 32].first { Self.isDigest(line, bytes: $0) }
        self = form.map { .digests(bytes: $0) } ?? .text
    }

    /// Whether a line is of this form.
    func matches(_ line: borrowing Span<UInt8>) -> Bool {
        switch self {
        case .text: !line.indices.contains { line[$0] == 0 }
        case .digests(let count): Self.isDigest(line, bytes: count)
        }
    }

    /// What stands in the list for a password.
    func key(of password: [UInt8]) -> [UInt8] {
        switch self {
        case .text: return password
        case .digests(bytes: 20):
            let digest = SHA1.digest(password.span)
            return Self.hexadecimal(digest.indices.map { digest[$0] })
        case .digests:
            let digest = SHA256.digest(password.span)
            return Self.hexadecimal(digest.indices.map { digest[$0] })
        }
    }

    /// Where a line stands before (-1), at (0) or behind (1) another one or a key.
    func order(_ line: borrowing Span<UInt8>, _ other: borrowing Span<UInt8>) -> Int {
        let limit = if case .digests(let count) = self { 2 * count } else { Int.max }
        let (left, right) = (min(line.count, limit), min(other.count, limit))
        for index in 0..<min(left, right) {
            let (a, b) = (folded(line[index]), folded(other[index]))
            if a != b { return a < b ? -1 : 1 }
        }
        return left == right ? 0 : left < right ? -1 : 1
    }

    /// Digits of either case are the same digits.
    private func folded(_ byte: UInt8) -> UInt8 {
        self != .text && (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isDigest(_ line: borrowing Span<UInt8>, bytes count: Int) -> Bool {
        guard line.count >= 2 * count, (0..<2 * count).allSatisfy({ isHexadecimal(line[$0]) }) else { return false }
        guard line.count > 2 * count else { return true }
        let rest = line.extracting((2 * count)...)
        return rest[0] == UInt8(ascii: ":") && rest.count > 1
            && (1..<rest.count).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(rest[$0]) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"),
            UInt8(ascii: "a")...UInt8(ascii: "f"):
            true
        default: false
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }
}
