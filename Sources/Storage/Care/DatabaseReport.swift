/// What a look at a database found, for `gatelodge db check`.
package struct DatabaseReport: Sendable {
    /// `wal`, `truncate` or `delete`.
    package let journalMode: String

    /// Of the tables, and of the oldest binary that may use them.
    package let schemaVersion: Int
    package let oldestBinary: Int

    /// The file itself, and how much of it is free for reuse.
    package let bytes: Int
    package let freeBytes: Int

    /// Of the write-ahead log; 0 where there is none.
    package let logBytes: Int

    /// How many rows there are, by table, in the order of their names.
    package let rows: [(table: String, count: Int)]

    /// The newest time in the audit, in Unix seconds; `nil` where there is none.
    package let newestUnixSeconds: Int64?

    /// What SQLite complains of; empty when all is well.
    package let damage: [String]
}
