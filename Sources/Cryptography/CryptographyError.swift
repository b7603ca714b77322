/// Why a key cannot be used. No case carries any part of it.
package enum CryptographyError: Error, Equatable, Sendable {
    /// Not a key in the format that was asked for, or bytes follow it.
    case malformedKey
    /// A key of another kind or on another curve.
    case wrongKeyType
    /// The parts contradict each other: a point that is not on its curve, or halves that do not belong together.
    case inconsistentKey
    /// A sound key whose numbers are outside what we work with: see ``RSA``.
    case weakKey
}
