internal import FastCGI

extension Request {
    /// Names the request in replies and logs: nginx's `$request_id` where it is sent as `REQUEST_ID`, else one of our own.
    var id: String {
        if let sent = parameters["REQUEST_ID"], (1...64).contains(sent.utf8.count),
            sent.utf8.allSatisfy({ $0.isRequestIDByte })
        {
            return sent
        }
        let digits = String(Self.processNumber &+ number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    /// Keeps the requests of different processes apart.
    private static let processNumber = UInt64.random(in: .min ... .max)
}

extension UInt8 {
    /// Letters, digits, `-` and `_`: nothing that a log or a header field would have to escape.
    fileprivate var isRequestIDByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
