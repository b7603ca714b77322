extension SettingKind<String> {
    /// A name or an identifier.
    static var text: SettingKind {
        SettingKind(
            name: "text", expected: "1 to 255 bytes without control characters",
            parse: { isPrintable($0) && $0.utf8.count <= 255 ? $0 : nil }, format: { $0 })
    }

    /// A path of the file system.
    static var path: SettingKind {
        SettingKind(
            name: "path", expected: "a path without control characters",
            parse: { isPrintable($0) && $0.utf8.count < 4096 ? $0 : nil }, format: { $0 })
    }

    /// A path of a unix socket: `sockaddr_un` holds 108 bytes, one of which is a NUL (unix(7)).
    static var socketPath: SettingKind {
        SettingKind(
            name: "path", expected: "a path of at most 107 bytes, which is all that a unix socket can have",
            parse: { isPrintable($0) && $0.utf8.count <= 107 ? $0 : nil }, format: { $0 })
    }

    /// The beginning of a URL's path: whole segments of unreserved characters (RFC 3986 §2.3), which nothing re-encodes.
    static var prefix: SettingKind {
        SettingKind(
            name: "path of a URL",
            expected: "a path that begins and ends with /, of segments of letters, digits, - . _ ~",
            parse: { text in
                let segments = text.split(separator: "/", omittingEmptySubsequences: false)
                guard segments.count >= 2, segments.first == "", segments.last == "", text.utf8.count <= 255,
                    segments.dropFirst().dropLast().allSatisfy(isSegment)
                else { return nil }
                return text
            },
            format: { $0 })
    }

    private static func isSegment(_ segment: Substring) -> Bool {
        let isUnreserved = segment.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                true
            default: false
            }
        }
        return isUnreserved && segment != "" && segment != "." && segment != ".."
    }

    private static func isPrintable(_ text: String) -> Bool {
        text != ""
            && text.unicodeScalars.allSatisfy { scalar in
                let category = scalar.properties.generalCategory
                return category != .control && category != .lineSeparator && category != .paragraphSeparator
            }
    }
}
