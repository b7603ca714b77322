package import ForeignHashes

/// Why a text cannot be an account's password hash. Never carries any of the text.
package enum StoredHashFault: Error, Hashable, Sendable {
    case malformedBcrypt
    /// `$2x$`, whose maker mixed up bytes above 127.
    case bcryptOfBefore2011
    case bcryptTooDear(cost: Int)
    case foreign(ForeignHashError)
}

extension StoredHashFault: CustomStringConvertible {
    /// Part of a sentence for the operator.
    package var description: String {
        switch self {
        case .malformedBcrypt: "a malformed bcrypt hash"
        case .bcryptOfBefore2011: "a bcrypt hash of the kind $2x$, which is refused"
        case .bcryptTooDear(let cost): "a bcrypt hash of cost \(cost), above the limit of 16"
        case .foreign(let error): error.description
        }
    }
}
