/// Where a request came from, for the list of sessions, the audit and the counts of wrong passwords. It lets nobody in.
package struct Client: Sendable, Hashable {
    package static let maximumAddressBytes = 64
    package static let maximumUserAgentBytes = 256
    package static let maximumRequestIDBytes = 64

    /// The operator at a shell of the machine.
    package static let local = Client(address: "", userAgent: "", requestID: "")

    /// As nginx saw it; empty where there is none.
    package let address: String

    /// Free text of the client's own choosing.
    package let userAgent: String

    package let requestID: String

    /// Takes what a request says, cut to its bounds. Control characters become spaces, so that each fits on one line of a log.
    package init(address: String, userAgent: String, requestID: String) {
        self.address = Self.bounded(address, to: Self.maximumAddressBytes)
        self.userAgent = Self.bounded(userAgent, to: Self.maximumUserAgentBytes)
        self.requestID = Self.bounded(requestID, to: Self.maximumRequestIDBytes)
    }

    private static func bounded(_ text: String, to maximumBytes: Int) -> String {
        var bounded = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            count += UTF8.width(scalar)
            if count > maximumBytes { break }
            bounded.append(isPlain(scalar) ? scalar : " ")
        }
        return String(bounded)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
