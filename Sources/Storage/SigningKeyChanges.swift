/// What is to be done to the signing keys, in one transaction.
package struct SigningKeyChanges: Sendable {
    /// Plain private parts, by their keys, in their sealed form.
    package var seals: [(kid: String, privateKey: [UInt8])] = []

    /// Longer lifetimes of tokens, by the keys that sign them.
    package var lifetimes: [(kid: String, seconds: Int64)] = []

    /// New keys.
    package var insertions: [StoredSigningKey] = []

    /// Keys of which no token can be left.
    package var deletions: [String] = []

    package init() {}

    package var isEmpty: Bool { seals.isEmpty && lifetimes.isEmpty && insertions.isEmpty && deletions.isEmpty }
}
