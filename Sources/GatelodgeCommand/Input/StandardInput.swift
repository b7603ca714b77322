internal import Cryptography
internal import Glibc

/// Standard input as a secret: read to its end, without one newline behind it, and bounded.
enum StandardInput {
    /// - Returns: nil where there is more than `maximumBytes`, or it cannot be read.
    static func readSecret(maximumBytes: Int) -> SecretBytes? {
        // Room for the newline, and for one byte that says that there is too much.
        var bytes = [UInt8](repeating: 0, count: maximumBytes + 2)
        defer { wipe(&bytes) }
        var count = 0
        while count < bytes.count {
            let step = unsafe bytes.withUnsafeMutableBytes { bytes in
                unsafe read(STDIN_FILENO, bytes.baseAddress! + count, bytes.count - count)
            }
            if step < 0, errno == EINTR { continue }
            guard step >= 0 else { return nil }
            if step == 0 { break }
            count += step
        }
        if count > 0, bytes[count - 1] == UInt8(ascii: "\n") { count -= 1 }
        guard count <= maximumBytes else { return nil }
        return SecretBytes(copying: bytes.span.extracting(first: count))
    }
}
