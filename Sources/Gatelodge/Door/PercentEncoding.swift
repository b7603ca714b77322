extension String {
    /// A username as `X-Auth-User` carries it: as it is in `[A-Za-z0-9._@+-]`, and as `%XX` for every other byte of its UTF-8.
    var percentEncodedUser: String {
        utf8.allSatisfy(\.isPlainInUser) ? self : percentEncoded(keeping: \.isPlainInUser)
    }

    /// Every byte as `%XX` (RFC 3986 §2.1) that is not to be kept.
    func percentEncoded(keeping isKept: (UInt8) -> Bool) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(utf8.count * 3)
        for byte in utf8 {
            if isKept(byte) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(Self.digits[Int(byte >> 4)])
                encoded.append(Self.digits[Int(byte & 0xF)])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static let digits = [UInt8]("0123456789ABCDEF".utf8)
}

extension UInt8 {
    var isLetterOrDigit: Bool {
        switch self {
        case Self(ascii: "a")...Self(ascii: "z"), Self(ascii: "A")...Self(ascii: "Z"),
            Self(ascii: "0")...Self(ascii: "9"):
            true
        default: false
        }
    }

    fileprivate var isPlainInUser: Bool {
        switch self {
        case Self(ascii: "."), Self(ascii: "_"), Self(ascii: "@"), Self(ascii: "+"), Self(ascii: "-"): true
        default: isLetterOrDigit
        }
    }
}
