/// Whether the database is sound and has room.
package enum DatabaseExaminer {
    package struct Facts: Sendable {
        package let path: String

        /// What keeps it from being opened, in one sentence.
        package var refusal: String?
        package var damage: [String]
        package var journalMode: String

        /// The network's name, as in `nfs`; `nil` on a local file system.
        package var networkName: String?
        package var bytes: Int
        package var logBytes: Int

        /// Room on the device for this user; `nil` where the system does not say.
        package var freeBytes: Int?

        package init(
            path: String, refusal: String? = nil, damage: [String] = [], journalMode: String = "wal",
            networkName: String? = nil, bytes: Int = 0, logBytes: Int = 0, freeBytes: Int? = nil
        ) {
            self.path = path
            self.refusal = refusal
            self.damage = damage
            self.journalMode = journalMode
            self.networkName = networkName
            self.bytes = bytes
            self.logBytes = logBytes
            self.freeBytes = freeBytes
        }
    }

    /// A log that is longer was kept from being emptied: it is 16 MB long where nobody is in the way.
    private static let longLogBytes = 256 << 20

    private static let tightBytes = 256 << 20
    private static let fullBytes = 16 << 20

    package static func examine(_ facts: Facts) -> [Finding] {
        examineFile(facts) + examineRoom(facts)
    }

    private static func examineFile(_ facts: Facts) -> [Finding] {
        if let refusal = facts.refusal {
            return [
                Finding(
                    .error, "database_refused", at: facts.path, "The database cannot be used: \(refusal).",
                    remedy: "See docs/database.md, or restore a backup: gatelodge db restore FILE.")
            ]
        }
        var findings: [Finding] = []
        if let first = facts.damage.first {
            findings.append(
                Finding(
                    .error, "database_damaged", at: facts.path, "The database is damaged: \(first).",
                    remedy: "Stop the instance, keep the file, and restore a backup: gatelodge db restore FILE."))
        }
        if let network = facts.networkName {
            let hasLog = facts.journalMode == "wal"
            findings.append(
                Finding(
                    hasLog ? .error : .warning, hasLog ? "database_log_on_network" : "database_on_network",
                    at: facts.path,
                    hasLog
                        ? "The database is on \(network) and has a write-ahead log, which a network file system damages."
                        : "The database is on \(network): readers and writers take turns, and locks are as good as the server's.",
                    remedy: hasLog
                        ? "Start the instance anew: it leaves the log behind." : "Move it to a disk of this machine."))
        }
        if facts.logBytes > longLogBytes {
            findings.append(
                Finding(
                    .warning, "database_log_long", at: facts.path + "-wal",
                    "The write-ahead log has \(facts.logBytes >> 20) MB: a reader keeps it from being emptied.",
                    remedy: "End what reads the database for long, such as a shell of sqlite3."))
        }
        return findings
    }

    private static func examineRoom(_ facts: Facts) -> [Finding] {
        guard let free = facts.freeBytes, free < max(tightBytes, 2 * facts.bytes) else { return [] }
        return [
            Finding(
                free < fullBytes ? .error : .warning, "disk_tight", at: facts.path,
                "\(free >> 20) MB are left on the database's device.",
                remedy: "Make room for twice the database: a migration and a vacuum copy it.")
        ]
    }
}
