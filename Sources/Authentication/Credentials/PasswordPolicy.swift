internal import Cryptography

/// Whether a password may be set (NIST SP 800-63B §3.1.1.2: length and lists, no composition rules).
package struct PasswordPolicy: Sendable {
    /// 8, for a password beside which nothing else is asked.
    package static let standardMinimumCodePoints = 8

    /// How many digits at the ends of a known word do not make it a password.
    private static let ignoredDigits = 4

    /// In code points.
    package let minimumCodePoints: Int

    private let products: [[UInt8]]
    private let dictionaries: Dictionaries?
    private let list: PasswordList?

    /// - Parameters:
    ///   - minimumCodePoints: at least 1.
    ///   - productNames: names that visitors see, such as the site's.
    ///   - dictionaries: whose words are refused.
    ///   - list: the operator's own.
    package init(
        minimumCodePoints: Int = standardMinimumCodePoints, productNames: [String] = ["gatelodge"],
        dictionaries: Dictionaries? = nil, list: PasswordList? = nil
    ) {
        precondition(minimumCodePoints > 0, "a password has at least one code point")
        self.minimumCodePoints = minimumCodePoints
        self.dictionaries = dictionaries
        self.list = list
        self.products = productNames.compactMap { CanonicalForm.apply(to: Array($0.utf8).span) }.filter { !$0.isEmpty }
    }

    /// Everything that speaks against the password; empty when it may be set. Takes some microseconds.
    ///
    /// - Throws: what makes the operator's list unusable by now.
    package func weaknesses(
        of password: Password, for username: Username
    ) throws(PasswordListFault) -> [PasswordWeakness] {
        // Case and compatibility forms do not make a common password less common.
        var folded = password.withBytes { bytes in CanonicalForm.apply(to: bytes) } ?? []
        defer { wipe(&folded) }
        var weaknesses: [PasswordWeakness] = []
        if password.codePointCount < minimumCodePoints {
            weaknesses.append(.tooShort)
        } else if try isCommon(password, folded) {
            weaknesses.append(.common)
        }
        if resembles(folded, Array(username.canonical.utf8)) { weaknesses.append(.resemblesUsername) }
        if products.contains(where: { resembles(folded, $0) }) { weaknesses.append(.resemblesProduct) }
        return weaknesses
    }

    private func isCommon(_ password: Password, _ folded: [UInt8]) throws(PasswordListFault) -> Bool {
        if dictionaries?.contain(folded) == true || CommonPasswords.contain(folded) { return true }
        guard let list else { return false }
        // Lists of breached passwords have them as they were, lists that people write in lower case.
        var bytes = password.copiedBytes()
        defer { wipe(&bytes) }
        if try list.contains(bytes) { return true }
        return folded == bytes ? false : try list.contains(folded)
    }

    /// Whether the password is the word or the word reversed, with up to four ASCII digits before and after it together.
    private func resembles(_ password: [UInt8], _ word: [UInt8]) -> Bool {
        let excess = password.count - word.count
        guard (0...Self.ignoredDigits).contains(excess) else { return false }
        let reversed = Array(
            String(String.UnicodeScalarView(String(decoding: word, as: UTF8.self).unicodeScalars.reversed())).utf8)
        return (0...excess).contains { leading in
            let middle = password[leading..<leading + word.count]
            return (middle.elementsEqual(word) || middle.elementsEqual(reversed))
                && password[..<leading].allSatisfy(isDigit) && password[(leading + word.count)...].allSatisfy(isDigit)
        }
    }
}
