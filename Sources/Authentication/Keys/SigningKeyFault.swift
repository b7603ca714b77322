/// Why a signing key of the database cannot be used.
enum SigningKeyFault: Error, Hashable {
    /// No key of an algorithm that we speak, or not the one that the row is about.
    case unusable(kid: String)
    /// Sealed with another master key, or moved here from another row.
    case sealedOtherwise(kid: String)
}
