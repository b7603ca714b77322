/// The name by which applications, tokens and tables know an account: 128 random bits, never reused, never derived
/// from the username.
package struct AccountID: Sendable, Hashable, CustomStringConvertible {
    /// 32 lower-case hexadecimal digits.
    package let text: String

    /// A fresh one from the system's generator.
    package static func random() -> AccountID {
        AccountID(unchecked: hexadecimal(.random(in: .min ... .max)) + hexadecimal(.random(in: .min ... .max)))
    }

    /// Reads the 32 digits; anything else, upper case included, is no account id.
    package init?(parsing text: String) {
        guard text.utf8.count == 32, text.utf8.allSatisfy(isLowercaseHexadecimal) else { return nil }
        self.text = text
    }

    private init(unchecked text: String) {
        self.text = text
    }

    package var description: String { text }
}

private func isLowercaseHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
}

/// 16 digits.
func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}
