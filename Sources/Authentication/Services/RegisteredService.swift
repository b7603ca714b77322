internal import Storage

/// An application that may ask about tokens.
package struct RegisteredService: Sendable, Equatable {
    /// `[a-z0-9:_-]{1,32}`
    package let name: String
    package let createdUnixSeconds: Int64

    init(_ service: Service) {
        name = service.name
        createdUnixSeconds = service.createdUnixSeconds
    }
}
