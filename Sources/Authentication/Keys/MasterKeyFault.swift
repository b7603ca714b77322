/// What is wrong with the file of the master key.
package enum MasterKeyFault: Error, Sendable, Hashable {
    case notAFile
    /// Others than the owner may use it.
    case permissionsTooOpen(mode: UInt32)
    /// It belongs neither to us nor to root.
    case foreignOwner(userID: UInt32)
    /// Not 32 bytes in base64url and one newline.
    case malformed
    case unreadable(reason: String)
    case unwritable(reason: String)
    /// The file is not there, though signing keys in the database were sealed with it.
    case missing(sealedKeys: Int)
    /// Another one than this signing key was sealed with.
    case wrong(kid: String)
}

extension MasterKeyFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notAFile: "is not a regular file"
        case .permissionsTooOpen(let mode):
            "has mode 0\(String(mode, radix: 8)), but holds a secret: only its owner may use it (chmod 600)"
        case .foreignOwner(let userID): "belongs to the user \(userID), who is neither this one nor root"
        case .malformed: "is not a master key: 32 bytes in base64url and a newline; restore it from a backup"
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .unwritable(let reason): "cannot be made: \(reason)"
        case .missing(let count):
            "is missing, and \(count) signing keys in the database are sealed with it; restore it from a backup"
        case .wrong(let kid):
            "is not the one that the signing key \(kid) in the database is sealed with; restore it from a backup of the same time"
        }
    }
}
