/// What can go wrong with the database. Carries what the operator needs; never a hash, a key or a username.
package enum StorageError: Error, Sendable, Hashable {
    /// The path is empty or holds a NUL.
    case pathInvalid
    /// The folder that should hold the database is not there; it is never made, because its owner and mode matter.
    case folderMissing(path: String)
    /// The path names something that is no regular file.
    case notAFile(path: String)
    /// Others than the owner may read or write the file, which holds password hashes and private keys.
    case permissionsTooOpen(path: String, mode: UInt32)
    /// The file, or the folder for its write-ahead log, cannot be written.
    case readOnly(path: String)
    /// The file is something else than an SQLite database.
    case notADatabase(path: String)
    /// An SQLite database that another program made.
    case foreignDatabase(path: String)
    /// A newer Gatelodge migrated the database to a schema that this one must not use.
    case newerSchema(path: String, oldestBinary: Int, thisBinary: Int)
    /// The file was removed or replaced while it was in use; what was written into it now would be lost.
    case replaced(path: String)
    /// Another process has the database open.
    case inUse(path: String)
    /// There is a file of that name, which nobody allowed to go.
    case exists(path: String)
    /// What the file says makes no sense.
    case corrupt(detail: String)
    /// Another process held the write lock for longer than a write may wait.
    case busy
    /// No room on the device.
    case full
    /// An account of this canonical username exists.
    case usernameTaken
    /// No account has this id.
    case accountMissing
    /// The password is not the one any more with which this began.
    case passwordChanged
    /// No such code, or it has been used, or its time is over.
    case inviteInvalid
    /// A key of this id exists.
    case keyExists
    /// No key has this id.
    case keyMissing
    /// A service of this name exists.
    case serviceExists
    /// Whatever else the system or SQLite refused, in their words.
    case unavailable(reason: String)
}

extension StorageError: CustomStringConvertible {
    /// One line for the operator.
    package var description: String {
        switch self {
        case .pathInvalid: "the path of the database is empty or holds a NUL"
        case .folderMissing(let path): "the folder \(path) for the database does not exist"
        case .notAFile(let path): "\(path) is not a regular file"
        case .permissionsTooOpen(let path, let mode):
            "\(path) has mode \(octal(mode)), but holds secrets: only its owner may read or write it (chmod 600)"
        case .readOnly(let path): "\(path) cannot be written"
        case .notADatabase(let path): "\(path) is not an SQLite database"
        case .foreignDatabase(let path): "\(path) is an SQLite database of another program"
        case .newerSchema(let path, let oldest, let this):
            "\(path) needs a binary of schema \(oldest) or newer; this one knows schema \(this)"
        case .replaced(let path): "\(path) was removed or replaced while it was in use: put it back, or start again"
        case .inUse(let path): "\(path) is open in another process: stop the server first"
        case .exists(let path): "\(path) exists"
        case .corrupt(let detail): "the database is damaged: \(detail)"
        case .busy: "the database is locked by another process"
        case .full: "no room is left for the database"
        case .usernameTaken: "an account of that name exists"
        case .accountMissing: "no such account"
        case .passwordChanged: "the password has been changed meanwhile"
        case .inviteInvalid: "the code is not valid"
        case .keyExists: "a signing key of that id exists"
        case .keyMissing: "no such signing key"
        case .serviceExists: "a service of that name exists"
        case .unavailable(let reason): "the database is not available: \(reason)"
        }
    }
}

private func octal(_ mode: UInt32) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
}
