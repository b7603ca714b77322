/// Why an application does not start, in one line for the operator. It never holds a secret.
public struct StartError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The line.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
