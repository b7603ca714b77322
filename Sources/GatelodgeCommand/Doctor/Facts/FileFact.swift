/// What the system says of one path.
package struct FileFact: Sendable, Hashable {
    package enum Kind: Sendable {
        case file, folder, socket, other, missing
    }

    package let path: String
    package let kind: Kind

    /// The permission bits, the sticky one included.
    package let mode: UInt32
    package let owner: UInt32
    package let group: UInt32

    package init(_ path: String, _ kind: Kind, mode: UInt32 = 0, owner: UInt32 = 0, group: UInt32 = 0) {
        self.path = path
        self.kind = kind
        self.mode = mode
        self.owner = owner
        self.group = group
    }

    /// Whether a user may connect to a socket, or change a file. Root may always.
    package func isWritable(by user: UnixUser) -> Bool {
        if user.id == 0 { return true }
        if user.id == owner { return mode & 0o200 != 0 }
        return user.groups.contains(group) ? mode & 0o020 != 0 : mode & 0o002 != 0
    }

    /// As in `0640`.
    var modeText: String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}
