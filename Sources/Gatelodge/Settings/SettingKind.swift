internal import Logging

/// How values of one type are written: read and printed by the same rule.
struct SettingKind<Value: Sendable>: Sendable {
    /// As in "duration".
    let name: String
    /// As in "a duration from 1s to 30d".
    let expected: String
    /// Of the value, where it has one.
    var unit: String?
    /// Whether quotes in the file make it something else: `"10"` is no number.
    var isBare = false
    /// Nothing when the text is not a value of this kind.
    let parse: @Sendable (String) -> Value?
    /// The inverse of ``parse``.
    let format: @Sendable (Value) -> String

    /// What was meant, or why it cannot have been meant.
    func value(of input: SettingInput) throws(SettingsProblem.Reason) -> Value {
        guard case .text(let text, let isQuoted) = input else {
            preconditionFailure("only a secret setting is given a secret")
        }
        if isBare && isQuoted { throw .malformed(value: text, expected: expected + ", without quotes") }
        guard let value = parse(text) else { throw .malformed(value: text, expected: expected) }
        return value
    }
}

extension SettingKind {
    /// The same, where no value is the default.
    static func optional<Wrapped>(_ kind: SettingKind<Wrapped>) -> SettingKind where Value == Wrapped? {
        SettingKind(
            name: kind.name, expected: kind.expected, unit: kind.unit, isBare: kind.isBare,
            parse: { kind.parse($0).map(Optional.some) }, format: { $0.map(kind.format) ?? "" })
    }
}

extension SettingKind where Value: CaseIterable & RawRepresentable<String> {
    /// One of a few words.
    static var choice: SettingKind {
        SettingKind(
            name: "word", expected: "one of " + Value.allCases.map(\.rawValue).joined(separator: ", "),
            parse: { Value(rawValue: $0) }, format: { $0.rawValue })
    }
}

extension SettingKind<Bool> {
    static var boolean: SettingKind {
        SettingKind(
            name: "boolean", expected: "true or false", isBare: true,
            parse: { ["true": true, "false": false][$0] }, format: { $0 ? "true" : "false" })
    }
}

extension SettingKind<Int> {
    static func integer(_ range: ClosedRange<Int>, unit: String? = nil) -> SettingKind {
        SettingKind(
            name: "number", expected: "a whole number from \(range.lowerBound) to \(range.upperBound)", unit: unit,
            isBare: true,
            parse: { text in
                guard let number = decimal(text), range.contains(number) else { return nil }
                return number
            },
            format: { String($0) })
    }
}

extension SettingKind<UInt32> {
    /// Permission bits, which everyone writes in octal.
    static var mode: SettingKind {
        SettingKind(
            name: "mode", expected: "permission bits as three or four octal digits, such as 0660",
            parse: { text in
                guard (3...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x37).contains($0) }) else {
                    return nil
                }
                return UInt32(text, radix: 8).flatMap { $0 <= 0o777 ? $0 : nil }
            },
            format: { "0" + String($0, radix: 8) })
    }
}

extension SettingKind<Duration> {
    static func duration(_ range: ClosedRange<Duration>, wholeSeconds: Bool = false) -> SettingKind {
        let bounds = "from \(WrittenDuration(range.lowerBound)) to \(WrittenDuration(range.upperBound))"
        return SettingKind(
            name: "duration", expected: "a duration \(bounds), such as " + (wholeSeconds ? "90s or 1h" : "500ms or 5s"),
            unit: wholeSeconds ? "s, m, h or d" : "ms, s, m, h or d",
            parse: { text in
                guard let duration = WrittenDuration(text)?.duration, range.contains(duration),
                    !wholeSeconds || duration.components.attoseconds == 0
                else { return nil }
                return duration
            },
            format: { WrittenDuration($0).description })
    }
}

/// Digits alone: no sign, no underscore, nothing that overflows.
func decimal(_ text: some StringProtocol) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
}
