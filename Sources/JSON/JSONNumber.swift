/// A number as it was written (RFC 8259 §6), so that nothing is rounded.
///
/// Two numbers are equal when they are spelled alike: `1`, `1.0` and `1e0` are three.
public struct JSONNumber: Sendable, Equatable {
    private enum Storage: Sendable, Equatable {
        case integer(Int64)
        /// Everything that an `Int64` does not print back: fractions, exponents, large integers and `-0`.
        case text(String)
    }

    private let storage: Storage

    /// An integer.
    public init(_ integer: Int64) { storage = .integer(integer) }

    /// `text` must follow the grammar; the reader has checked it.
    init(checked text: String) { storage = .text(text) }

    /// The value, if it is written as an integer and fits.
    ///
    /// `nil` for anything with a fraction or an exponent, even where its value is whole (`1.0`, `1e3`), and for integers
    /// outside `Int64`. `-0` is 0.
    public var integer: Int64? {
        switch storage {
        case .integer(let value): value
        case .text(let text): text == "-0" ? 0 : nil
        }
    }

    /// The spelling.
    public var text: String {
        switch storage {
        case .integer(let value): String(value)
        case .text(let text): text
        }
    }
}
