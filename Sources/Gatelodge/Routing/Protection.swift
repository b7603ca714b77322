/// What a route asks of a request before its handler sees it.
public struct Protection: Sendable {
    /// A valid access token.
    public static let authenticated = Protection()
}
