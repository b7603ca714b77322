internal import Cryptography

/// A stored password hash: scheme, cost, salt and digest.
///
/// Written `$2b$10$` + 22 characters of salt + 31 of digest, or
/// `$bcrypt-sha256$v=2,t=2b,r=10$` + salt + `$` + digest.
public struct BcryptHash: Sendable, CustomStringConvertible {
    /// The costs that bcrypt knows.
    package static let costs = 4...31

    /// How the password became the key.
    public let scheme: BcryptScheme

    /// The logarithm to base two of the rounds, 4 to 31.
    public let cost: Int

    /// The 16 random bytes.
    public let salt: [16 of UInt8]

    /// The 23 bytes that bcrypt keeps of its 24.
    package let digest: [23 of UInt8]

    package init(scheme: BcryptScheme, cost: Int, salt: [16 of UInt8], digest: [23 of UInt8]) {
        self.scheme = scheme
        self.cost = cost
        self.salt = salt
        self.digest = digest
    }

    /// Reads a hash string.
    ///
    /// Only what a bcrypt writes is accepted: a salt or digest with spare bits set is refused, as libcrypt could not
    /// have made it.
    public init(parsing text: String) throws(BcryptError) {
        var reader = HashReader(text)
        guard reader.skip("$") else { throw .malformedHash }
        if reader.skip("bcrypt-sha256$v=2,t=2b,r=") {
            scheme = .bcryptSHA256
            guard let cost = reader.decimal(), reader.skip("$") else { throw .malformedHash }
            self.cost = cost
        } else {
            if reader.skip("2x$") { throw .unsupportedScheme }
            guard let scheme = reader.scheme(), reader.skip("$") else { throw .malformedHash }
            guard let cost = reader.twoDigits(), reader.skip("$") else { throw .malformedHash }
            (self.scheme, self.cost) = (scheme, cost)
        }
        guard Self.costs.contains(cost) else { throw .malformedHash }
        guard let salt: [16 of UInt8] = reader.base64() else { throw .malformedHash }
        guard scheme != .bcryptSHA256 || reader.skip("$") else { throw .malformedHash }
        guard let digest: [23 of UInt8] = reader.base64(), reader.isAtEnd else { throw .malformedHash }
        (self.salt, self.digest) = (salt, digest)
    }

    /// The hash string.
    public var description: String {
        let salt = String(decoding: BcryptBase64.encode(salt.span), as: UTF8.self)
        let digest = String(decoding: BcryptBase64.encode(digest.span), as: UTF8.self)
        if scheme == .bcryptSHA256 { return "$bcrypt-sha256$v=2,t=2b,r=\(cost)$\(salt)$\(digest)" }
        return "$\(scheme.rawValue)$\(cost < 10 ? "0" : "")\(cost)$\(salt)\(digest)"
    }

    /// Whether this library would write another string for the same password today: the cost is lower, or the scheme
    /// is one that is only read.
    public func needsUpgrade(to cost: BcryptCost) -> Bool {
        self.cost < cost.value || scheme == .bcrypt2a || scheme == .bcrypt2y
    }

    /// Whether a digest is this one, in a time that does not tell how much of it is.
    package func matches(_ other: [23 of UInt8]) -> Bool {
        constantTimeEquals(digest.span, other.span)
    }
}
