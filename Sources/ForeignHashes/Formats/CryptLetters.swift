/// The letters in which crypt(3) writes six bits each.
enum CryptLetters {
    static let all = Array("./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    static func value(of letter: UInt8) -> Int? { all.firstIndex(of: letter) }

    /// A number whose lowest bits come first.
    static func number(_ letters: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for letter in letters.reversed() {
            guard let value = value(of: letter) else { return nil }
            number = number << 6 | value
        }
        return number
    }
}
