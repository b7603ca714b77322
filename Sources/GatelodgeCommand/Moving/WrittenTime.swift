/// A time as files have it: Unix seconds, or RFC 3339 with a blank or a `T` and any fraction, such as
/// `2026-11-28 18:00:00.25+01:00`.
enum WrittenTime {
    /// From 1970 to the year 9999; nil for anything else. A fraction is left away.
    static func unixSeconds(_ text: String) -> Int64? {
        if let seconds = digits(Array(text.utf8)[...], 1...12) { return seconds }
        let bytes = Array(text.utf8)
        guard (20...40).contains(bytes.count), bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let year = digits(bytes[0..<4]), let month = digits(bytes[5..<7]),
            let day = digits(bytes[8..<10]), let hour = digits(bytes[11..<13]), let minute = digits(bytes[14..<16]),
            let second = digits(bytes[17..<19]), year >= 1970, (1...12).contains(month), day >= 1, hour < 24,
            minute < 60, second < 61, day <= days(in: month, of: year), let offset = offset(bytes[19...])
        else { return nil }
        let seconds = days(since1970: year, month, day) * 86_400 + hour * 3_600 + minute * 60 + min(second, 59) - offset
        return seconds >= 0 ? seconds : nil
    }

    /// What follows the seconds: a fraction, then `Z` or hours and perhaps minutes.
    private static func offset(_ rest: ArraySlice<UInt8>) -> Int64? {
        var rest = rest
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { isDigit($0) }
            guard !fraction.isEmpty else { return nil }
            rest = rest[fraction.endIndex...]
        }
        guard let sign = rest.popFirst() else { return nil }
        if sign == UInt8(ascii: "Z") { return rest.isEmpty ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = digits(rest.prefix(2)), hours < 24
        else { return nil }
        var minutes: Int64 = 0
        if rest.count > 2 {
            let written = rest.dropFirst(2).drop { $0 == UInt8(ascii: ":") }
            guard let number = digits(written), number < 60 else { return nil }
            minutes = number
        }
        return (hours * 3_600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func days(since1970 year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let years: Int64 = (1970..<year).reduce(0) { $0 + (isLeap($1) ? 366 : 365) }
        return years + (1..<month).reduce(0) { $0 + days(in: $1, of: year) } + day - 1
    }

    private static func isLeap(_ year: Int64) -> Bool {
        year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
    }

    private static func digits(_ bytes: ArraySlice<UInt8>, _ counts: ClosedRange<Int> = 2...4) -> Int64? {
        guard counts.contains(bytes.count), bytes.allSatisfy(isDigit) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
