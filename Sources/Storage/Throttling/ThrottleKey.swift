/// What is counted under: a digest, so that the table holds neither names nor addresses and each row is of one size.
package struct ThrottleKey: Sendable, Hashable {
    package static let byteCount = 16

    let bytes: [UInt8]

    /// - Parameter digest: at least 16 bytes, of which the first 16 are taken.
    package init(digest: [UInt8]) {
        precondition(digest.count >= Self.byteCount, "a key is made from a whole digest")
        bytes = Array(digest.prefix(Self.byteCount))
    }
}
