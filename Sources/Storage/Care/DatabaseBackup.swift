internal import GRDB
internal import Glibc

/// A copy of a database while others write to it.
package enum DatabaseBackup {
    /// Copies what is committed at this moment into one file of mode 0600 that needs no log beside it, checks the copy
    /// and only then gives it its name. Writers are not kept waiting where the database has a write-ahead log. Blocks.
    ///
    /// - Throws: ``StorageError/exists(path:)`` where there is such a file and `replacing` does not allow it to go.
    package static func make(of path: String, at destination: String, replacing: Bool) throws(StorageError) {
        let source = try DatabaseFile(path: path)
        try source.checkPresence()
        let target = try DatabaseFile(path: destination)
        // Never the database itself, whatever is allowed.
        if status(target.path) != nil {
            guard replacing, !isSameFile(source.path, target.path) else { throw .exists(path: target.path) }
        }
        let file = try NewFile(at: target.path)
        try fill(file.temporaryPath, from: source.path)
        try file.finish(replacing: replacing)
    }

    /// Fills an empty file with a sound copy that has no log. Nothing is open when this returns.
    static func fill(_ path: String, from source: String) throws(StorageError) {
        let from = try DatabaseConnection(path: source, isReadOnly: true)
        let to = try DatabaseConnection(path: path, isReadOnly: false)
        // In one step: a copy in several begins anew with each commit of another process.
        do { try from.queue.backup(to: to.queue) } catch { throw StorageError(error, path: source) }
        try to.write { db in
            // The copy's header asks for a write-ahead log, which would be two more files beside it.
            try db.execute(sql: "PRAGMA journal_mode = DELETE")
            try db.checkSoundness(path: source)
        }
    }

    private static func isSameFile(_ a: String, _ b: String) -> Bool {
        guard let a = status(a), let b = status(b) else { return false }
        return a.st_dev == b.st_dev && a.st_ino == b.st_ino
    }
}
