internal import Glibc

/// A colour of text on a terminal, by its parameter of the control sequence SGR (ECMA-48 §8.3.117).
package enum TextColour: String, Sendable {
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case boldRed = "1;31"

    /// Text in this colour, or as it is where the descriptor shows none.
    package func paint(_ text: String, on descriptor: Int32) -> String {
        Self.isShown(on: descriptor) ? begin + text + Self.end : text
    }

    /// What begins the colour.
    var begin: String { "\u{1B}[\(rawValue)m" }

    /// What ends every colour.
    static let end = "\u{1B}[0m"

    /// Whether a descriptor is a terminal that should show colours (https://no-color.org).
    static func isShown(on descriptor: Int32) -> Bool {
        isatty(descriptor) == 1 && variable("NO_COLOR") == nil && variable("TERM") ?? "dumb" != "dumb"
    }

    /// The value in the environment; nil where it is absent or empty.
    private static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
        return unsafe String(cString: value)
    }
}
