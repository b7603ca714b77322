internal import Gatelodge

/// A form that is read holds each name once, and says what a second reader finds that looks for one name at a time.
func fuzzForm(_ bytes: borrowing Span<UInt8>) {
    let text = (0..<bytes.count).map { bytes[$0] }
    // Which error it is does not matter here.
    guard let form = try? FormFields(parsing: text) else { return }
    let pairs = text.split(separator: UInt8(ascii: "&"))
    precondition(pairs.count <= FormFields.maximumFields, "there are too many fields")
    var names: Set<[UInt8]> = []
    for pair in pairs {
        let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let (name, value) = (decode(parts[0]), parts.count > 1 ? decode(parts[1]) : [])
        precondition(names.insert(name).inserted, "a name stands there twice")
        guard let found = form[String(decoding: name, as: UTF8.self)] else { preconditionFailure("a field is missing") }
        precondition(found.utf8.elementsEqual(value), "a field has another value")
        precondition(value.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a value holds control characters")
    }
}

/// From the end, so that it shares no idea with the other reader.
private func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    var rest = text
    while let last = rest.popLast() {
        if rest.count >= 2, rest[rest.endIndex - 2] == UInt8(ascii: "%") {
            // Both digits were judged by the first reader; text that is none is a fault of one of the two.
            let digits = String(decoding: [rest[rest.endIndex - 1], last], as: UTF8.self)
            guard let byte = UInt8(digits, radix: 16) else { preconditionFailure("a % without two digits is read") }
            decoded.append(byte)
            rest = rest.dropLast(2)
        } else {
            decoded.append(last == UInt8(ascii: "+") ? UInt8(ascii: " ") : last)
        }
    }
    return decoded.reversed()
}
