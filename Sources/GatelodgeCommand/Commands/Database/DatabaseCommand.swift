internal import ArgumentParser
internal import Storage

/// `gatelodge db`: the database's care.
struct DatabaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db", abstract: "Back up, restore, check and vacuum the database.",
        subcommands: [Backup.self, Restore.self, Check.self, Vacuum.self])
}

/// Asks the storage; what it refuses ends the command with a sentence.
func answer<Value>(_ question: () throws(StorageError) -> Value) throws -> Value {
    do throws(StorageError) { return try question() } catch { throw failure(error.description) }
}
