/// What an instance's settings say about the nginx before it.
package struct NginxExpectations: Sendable {
    /// Where the instance listens; `nil` where nobody knows.
    package var socketPath: String?

    /// Whether the instance wants `AUTH_KEY`; `nil` where nobody knows.
    package var needsKey: Bool?

    /// Whether anybody may register.
    package var registrationIsOpen: Bool

    package init(socketPath: String? = nil, needsKey: Bool? = nil, registrationIsOpen: Bool = false) {
        self.socketPath = socketPath
        self.needsKey = needsKey
        self.registrationIsOpen = registrationIsOpen
    }
}
