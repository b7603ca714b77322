/// A hash string parted at its dollar signs.
struct HashFields {
    private let parts: [Substring]

    init(_ text: String) {
        parts = text.split(separator: "$", omittingEmptySubsequences: false)
    }

    var count: Int { parts.count }

    /// A field, or an empty one where there are not so many.
    subscript(index: Int) -> Substring { index < parts.count ? parts[index] : "" }

    /// The values of a field such as `m=65536,t=3,p=4`, which must have exactly these names in this order.
    func numbers(in index: Int, named names: [String]) -> [Int]? {
        let pairs = self[index].split(separator: ",", omittingEmptySubsequences: false)
        guard pairs.count == names.count else { return nil }
        var numbers: [Int] = []
        for (pair, name) in zip(pairs, names) {
            guard pair.hasPrefix(name + "="), let number = Self.number(pair.dropFirst(name.utf8.count + 1)) else {
                return nil
            }
            numbers.append(number)
        }
        return numbers
    }

    /// A field that is a number.
    func number(at index: Int) -> Int? { Self.number(self[index]) }

    /// One to ten digits, without a leading zero.
    static func number(_ text: Substring) -> Int? {
        guard (1...10).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text.utf8.first != 0x30
        else { return nil }
        return Int(text)
    }
}
