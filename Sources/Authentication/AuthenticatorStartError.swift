/// Why an ``Authenticator`` cannot be made. One line for the operator each.
package enum AuthenticatorStartError: Error, Sendable, Hashable {
    /// HS256 needs as many bytes as its digest has (RFC 7518 §3.2).
    case secretTooShort(bytes: Int, minimum: Int)
    /// A secret that one can guess, however long it is.
    case secretGuessable
    case bcryptCostOutOfRange(Int)
    /// A setting that makes no token possible.
    case settingInvalid(name: String, reason: String)
    /// The database holds a signing key that nobody can read.
    case storedKeyUnusable(kid: String)
    /// The file of the master key cannot be used.
    case masterKey(path: String, MasterKeyFault)
    /// The database cannot be used.
    case storage(cause: String)
}

extension AuthenticatorStartError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .secretTooShort(let bytes, let minimum):
            "the secret for signing tokens has \(bytes) bytes; HS256 needs at least \(minimum)"
        case .secretGuessable: "the secret for signing tokens can be guessed; make one with: openssl rand -base64 48"
        case .bcryptCostOutOfRange(let cost): "bcrypt cost \(cost) is outside the range allowed"
        case .settingInvalid(let name, let reason): "the setting \(name) \(reason)"
        case .storedKeyUnusable(let kid): "the signing key \(kid) in the database cannot be read"
        case .masterKey(let path, let fault): "the master key \(path) \(fault)"
        case .storage(let cause): cause
        }
    }
}
