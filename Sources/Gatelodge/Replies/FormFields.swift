/// The fields of a form or of a query, as `application/x-www-form-urlencoded` (WHATWG URL §5.1), read strictly: each name
/// once (RFC 6749 §3.1), every `%` with two digits, UTF-8 without control characters.
package struct FormFields: Sendable {
    /// More than any request of ours has.
    package static let maximumFields = 32

    private var values: [String: String] = [:]

    package init(parsing text: some Collection<UInt8>) throws(ErrorReply) {
        for pair in text.split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "="))
            let name = try Self.decoded(pair[..<(equals ?? pair.endIndex)])
            let value = try equals.map { equals throws(ErrorReply) in
                try Self.decoded(pair[pair.index(after: equals)...])
            }
            guard values.updateValue(value ?? "", forKey: name) == nil, values.count <= Self.maximumFields else {
                throw .malformedForm
            }
        }
    }

    /// The value of a field; nil where there is none.
    package subscript(_ name: String) -> String? { values[name] }

    private static func decoded(_ text: some Collection<UInt8>) throws(ErrorReply) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next()?.hexadecimalValue, let low = rest.next()?.hexadecimalValue else {
                    throw .malformedForm
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), let text = String(validating: bytes, as: UTF8.self) else {
            throw .malformedForm
        }
        return text
    }
}

extension UInt8 {
    fileprivate var hexadecimalValue: UInt8? {
        switch self {
        case Self(ascii: "0")...Self(ascii: "9"): self - Self(ascii: "0")
        case Self(ascii: "a")...Self(ascii: "f"): self - Self(ascii: "a") + 10
        case Self(ascii: "A")...Self(ascii: "F"): self - Self(ascii: "A") + 10
        default: nil
        }
    }
}
