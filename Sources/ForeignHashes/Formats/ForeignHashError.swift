/// Why a text cannot be a foreign hash here. Never carries any of the text.
package enum ForeignHashError: Error, Hashable, Sendable {
    /// No hash of a kind that is read here.
    case unknown
    /// Its beginning names an algorithm, the rest is not what that writes.
    case malformed(ForeignAlgorithm)
    /// To verify it would take more memory or work than ``ForeignLimits`` allow.
    case tooDear(ForeignAlgorithm)
    /// Its digest is too short to tell a password from others.
    case tooShort(ForeignAlgorithm)
}

extension ForeignHashError: CustomStringConvertible {
    /// Part of a sentence for the operator.
    package var description: String {
        switch self {
        case .unknown: "no hash of a known kind (passwords in plain text are not taken)"
        case .malformed(let algorithm): "a malformed hash of \(algorithm.rawValue)"
        case .tooDear(let algorithm): "a hash of \(algorithm.rawValue) that takes more memory or work than is allowed"
        case .tooShort(let algorithm): "a hash of \(algorithm.rawValue) whose digest is below 16 bytes"
        }
    }
}
