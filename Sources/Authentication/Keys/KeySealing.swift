internal import Cryptography
internal import JWT

/// Encrypts the private parts of signing keys for the table, and back (AES-256-GCM under a key of the master key's).
///
/// What is authenticated with it is what the key is for: a row's private part cannot be moved to another row.
struct KeySealing: Sendable {
    private let key: SecretBytes

    init(_ masterKey: MasterKey) {
        key = masterKey.derive(.sealing)
    }

    func seal(_ privateKey: [UInt8], keyID: String, algorithm: SignatureAlgorithm) -> [UInt8] {
        AES256GCM.seal(privateKey.span, key: key, authenticating: context(keyID, algorithm).span)
    }

    /// The private part; `nil` where it was sealed with another master key or for another row. The caller wipes it.
    func open(_ sealed: [UInt8], keyID: String, algorithm: SignatureAlgorithm) -> [UInt8]? {
        AES256GCM.open(sealed.span, key: key, authenticating: context(keyID, algorithm).span)
    }

    /// Unambiguous, for no algorithm's name holds a line break.
    private func context(_ keyID: String, _ algorithm: SignatureAlgorithm) -> [UInt8] {
        Array("\(algorithm.rawValue)\n\(keyID)".utf8)
    }
}
