internal import CSystem

/// What kind of file system holds a file, as far as SQLite's write-ahead log asks.
///
/// The log's index is memory that processes share, "so all reader and writer processes must reside on the same machine"
/// (https://www.sqlite.org/wal.html §1): over a network, or through a program in user space, it would damage the database.
package enum FileSystem: Sendable, Hashable {
    /// Of this machine.
    case local
    /// Of another machine, or of a program (FUSE), which may stand for one.
    case network(name: String)

    /// The one that holds `path`, where the system says; taken for a local one where it does not.
    package init(holding path: String) {
        var magic: UInt32 = 0
        guard unsafe gatelodge_file_system(path, &magic) == 0 else {
            self = .local
            return
        }
        self.init(magic: magic)
    }

    /// By the number that statfs(2) gives.
    package init(magic: UInt32) {
        self = Self.networks[magic].map { .network(name: $0) } ?? .local
    }

    /// statfs(2), and `linux/magic.h`.
    private static let networks: [UInt32: String] = [
        0x6969: "nfs",
        0x517B: "smb",
        0xFF53_4D42: "cifs",
        0xFE53_4D42: "smb2",
        0x6573_5546: "fuse",
        0x0102_1997: "9p",
        0x5346_414F: "afs",
        0x6B41_4653: "kafs",
        0x00C3_6400: "ceph",
        0x7375_7245: "coda",
        0x564C: "ncp",
        0x0116_1970: "gfs2",
        0x7461_636F: "ocfs2",
        0x0BD0_0BD0: "lustre",
        0x4750_4653: "gpfs",
        0x786F_4256: "vboxsf",
        0xBACB_ACBC: "vmhgfs",
    ]
}
