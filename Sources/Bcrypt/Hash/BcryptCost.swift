/// The logarithm to base two of how often bcrypt repeats its key schedule.
public struct BcryptCost: Hashable, Sendable, CustomStringConvertible {
    /// What may be asked for: 10 is the least that OWASP's Password Storage Cheat Sheet allows, 16 takes seconds.
    public static let range = 10...16

    /// Cost 10.
    public static let standard = BcryptCost(unchecked: 10)

    /// The exponent.
    public let value: Int

    /// A cost within ``range``.
    public init(_ value: Int) throws(BcryptError) {
        guard Self.range.contains(value) else { throw .costOutOfRange(value) }
        self.value = value
    }

    /// A cost of 4 to 16, for tests: below 10, a stolen hash gives its password away too cheaply.
    public init(insecure value: Int) throws(BcryptError) {
        guard (BcryptHash.costs.lowerBound...Self.range.upperBound).contains(value) else {
            throw .costOutOfRange(value)
        }
        self.value = value
    }

    private init(unchecked value: Int) {
        self.value = value
    }

    /// The exponent in decimal.
    public var description: String { String(value) }
}
