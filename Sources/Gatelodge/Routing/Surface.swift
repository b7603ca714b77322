/// A part of the service that can be reached only where nginx's parameter `AUTH_SURFACE` names it.
package enum Surface: String, Sendable {
    /// Whether a request may pass, on any path.
    case verify
    /// The endpoints of administrators.
    case admin
    /// How the instance is.
    case status
}
