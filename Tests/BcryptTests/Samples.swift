/// Random input.
enum Samples {
    /// Bytes other than NUL.
    static func password(lengths: ClosedRange<Int>) -> [UInt8] {
        (0..<Int.random(in: lengths)).map { _ in UInt8.random(in: 1...255) }
    }

    /// 22 characters of which the last has no spare bits.
    static func salt() -> String {
        let alphabet = Array("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<21).map { _ in alphabet.randomElement() ?? "." }) + [".", "O", "e", "u"].randomElement()!
    }

    /// The bytes of hexadecimal digits.
    static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
