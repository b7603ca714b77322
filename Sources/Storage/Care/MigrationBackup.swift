internal import FoundationEssentials
internal import Glibc

/// The copies that are made before a database is migrated: `….before-N` beside it, where N is the schema that came.
enum MigrationBackup {
    /// How many stay; each is as large as the database was.
    static let kept = 3

    /// Blocks. Called while the write lock is held, so that the copy is of the state before.
    static func make(of path: String, before version: Int) throws(StorageError) {
        // One that is there already is of a migration that was not finished.
        try DatabaseBackup.make(of: path, at: name(path, version), replacing: true)
        deleteOldest(beside: path)
    }

    private static func name(_ path: String, _ version: Int) -> String { "\(path).before-\(version)" }

    private static func deleteOldest(beside path: String) {
        guard let file = try? DatabaseFile(path: path) else { return }
        // A copy too many is no reason to fail a start.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: file.folder)) ?? []
        let prefix = name(file.name, 0).dropLast()
        let versions = names.compactMap { $0.hasPrefix(prefix) ? Int($0.dropFirst(prefix.count)) : nil }
        for version in versions.sorted().dropLast(kept) { unsafe unlink(name(file.path, version)) }
    }
}
