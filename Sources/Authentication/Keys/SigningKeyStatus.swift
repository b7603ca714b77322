/// A signing key as the operator may see it.
package struct SigningKeyStatus: Sendable, Equatable {
    /// Where a key stands in its life.
    package enum Phase: String, Sendable, CaseIterable {
        /// Published, verifies, signs nothing yet.
        case published
        case signing
        /// Signs nothing any more, and verifies what it signed.
        case retired
        /// No token of it can be good any more.
        case expired
    }

    /// `kid`
    package let id: String
    /// `alg`
    package let algorithm: String
    package let phase: Phase
    package let createdUnixSeconds: Int64
    package let signsFromUnixSeconds: Int64
    /// `nil` where no end is in sight.
    package let verifiesUntilUnixSeconds: Int64?
}
