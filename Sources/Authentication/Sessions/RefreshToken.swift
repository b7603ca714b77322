/// An opaque token that is exchanged for an access token and for its own successor; never printed.
struct RefreshToken: Sendable, CustomStringConvertible, CustomReflectable {
    /// What the client holds.
    let text: String

    /// Which session it belongs to.
    let sessionID: [UInt8]

    /// How many tokens the session had before this one.
    let generation: UInt32

    var description: String { "<redacted>" }

    /// Keeps `dump` from the token as well.
    var customMirror: Mirror { Mirror(self, children: []) }
}
