/// A host and its port, as in `Host` and in an origin (RFC 9110 §7.2).
struct Authority: Equatable {
    /// In lower case.
    let host: String
    /// Nil where none is written.
    let port: Int?

    /// Nil for what no host could be.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 255 else { return nil }
        let text = text.lowercased()
        // The colons of an IPv6 address stand between brackets (RFC 3986 §3.2.2).
        let colon = text.lastIndex(of: ":").flatMap { text[$0...].contains("]") ? nil : $0 }
        host = String(text[..<(colon ?? text.endIndex)])
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        guard let colon else {
            port = nil
            return
        }
        guard let number = decimal(text[text.index(after: colon)...]), (1...65535).contains(number) else { return nil }
        port = number
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
