/// A key pair that signs access tokens, as the table `signing_keys` holds it.
package struct StoredSigningKey: Sendable, Equatable {
    /// Where a key stands in its life: publish, then sign, then retire.
    package enum State: String, Sendable {
        /// Verifies and is published, signs nothing yet.
        case published
        /// Signs, verifies and is published.
        case signing
        /// Verifies what it signed; signs nothing any more.
        case retired
    }

    /// The key id (RFC 7515 §4.1.4).
    package let kid: String

    /// The one algorithm the key is used with (RFC 7518 §3.1), such as `ES256`.
    package let algorithm: String

    /// PKCS#8, DER, or the bytes of a secret; sealed where ``isSealed`` says so. Never printed.
    package let privateKey: [UInt8]

    /// Whether the private part can be read with the master key only.
    package let isSealed: Bool

    package let state: State
    package let createdUnixSeconds: Int64

    /// It signs from here on, until another key's time comes.
    package let signsFromUnixSeconds: Int64

    /// It signs nothing from here on, whatever the other keys do.
    package let retiredUnixSeconds: Int64?

    /// Of any token that it signed.
    package let longestLifetimeSeconds: Int64

    package init(
        kid: String, algorithm: String, privateKey: [UInt8], isSealed: Bool = false, state: State = .signing,
        createdUnixSeconds: Int64, signsFromUnixSeconds: Int64 = 0, retiredUnixSeconds: Int64? = nil,
        longestLifetimeSeconds: Int64 = 3_600
    ) {
        self.kid = kid
        self.algorithm = algorithm
        self.privateKey = privateKey
        self.isSealed = isSealed
        self.state = state
        self.createdUnixSeconds = createdUnixSeconds
        self.signsFromUnixSeconds = signsFromUnixSeconds
        self.retiredUnixSeconds = retiredUnixSeconds
        self.longestLifetimeSeconds = longestLifetimeSeconds
    }
}

extension StoredSigningKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "signing key \(kid) (\(algorithm), \(state))" }

    /// Keeps `dump` from the private key as well.
    package var customMirror: Mirror { Mirror(self, children: ["kid": kid, "algorithm": algorithm]) }
}
