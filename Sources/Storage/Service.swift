/// An application that may ask about tokens, as the table `services` holds it; its secret's hash stays in the table.
package struct Service: Sendable, Equatable {
    package let name: String
    package let createdUnixSeconds: Int64

    package init(name: String, createdUnixSeconds: Int64) {
        self.name = name
        self.createdUnixSeconds = createdUnixSeconds
    }
}
